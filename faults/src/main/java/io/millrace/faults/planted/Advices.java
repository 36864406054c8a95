package io.millrace.faults.planted;

import io.millrace.engine.OutcomeView;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Planted bugs that are more than a call left out: code that is inlined into the method that has the bug. */
public final class Advices {
    private Advices() {}

    /** Acknowledges as SYNCED what the force that follows is to make so. */
    public static final class AcknowledgeBeforeForce {
        private AcknowledgeBeforeForce() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue(value = "pending", typing = Assigner.Typing.DYNAMIC) final Object pending) {
            Meddling.acknowledgeAll(pending);
        }
    }

    /** Sends the outcomes of a commit that has not been appended. */
    public static final class AcknowledgeBeforeAppend {
        private AcknowledgeBeforeAppend() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue(value = "outcomes", typing = Assigner.Typing.DYNAMIC) final Object outcomes,
                @Advice.Argument(0) final long lastRingSequence) {
            Meddling.call(outcomes, "sendUpTo", lastRingSequence);
        }
    }

    /** Believes any chain. */
    public static final class ForgetChain {
        private ForgetChain() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.FieldValue(value = "chainKnown", readOnly = false) boolean chainKnown) {
            chainKnown = false;
        }
    }

    /** Believes any first sequence. */
    public static final class ForgetSequence {
        private ForgetSequence() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue(value = "expectedFirst", readOnly = false) long expectedFirst,
                @Advice.FieldValue("commit") final UnsafeBuffer commit) {
            expectedFirst = Meddling.firstSequence(commit);
        }
    }

    /** Leaves out the last event of a command that has more than one. */
    public static final class DropLastEvent {
        private DropLastEvent() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue(value = "buffer", typing = Assigner.Typing.DYNAMIC) final DirectBuffer buffer,
                @Advice.FieldValue("recordOffset") final int recordOffset,
                @Advice.FieldValue(value = "position", readOnly = false) int position,
                @Advice.FieldValue(value = "eventCount", readOnly = false) int eventCount) {
            if (eventCount > 1) {
                position = Meddling.lastEventOffset(buffer, recordOffset, eventCount);
                eventCount = eventCount - 1;
            }
        }
    }

    /** One less, but for the first. */
    public static final class OneLess {
        private OneLess() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long value) {
            value = value > 1 ? value - 1 : value;
        }
    }

    /** One more than some. */
    public static final class OneMore {
        private OneMore() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int value) {
            value = value > 0 ? value + 1 : value;
        }
    }

    /** A watermark that runs ahead by one. */
    public static final class StoreAhead {
        private StoreAhead() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) long sequence) {
            sequence = sequence + 1;
        }
    }

    /** Stores the watermark of what is about to be forced. */
    public static final class StoreBeforeForce {
        private StoreBeforeForce() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.This(typing = Assigner.Typing.DYNAMIC) final Object journal,
                @Advice.FieldValue(value = "forcePoint", typing = Assigner.Typing.DYNAMIC) final Object forcePoint) {
            Meddling.call(forcePoint, "read");
            Meddling.call(journal, "storeWatermark", false);
        }
    }

    /** Applies each event a second time. */
    public static final class ApplyTwice {
        private ApplyTwice() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("machine") final StateMachine machine, @Advice.Argument(0) final EventView event) {
            Meddling.applyAgain(machine, event);
        }
    }

    /** Sends each outcome a second time. */
    public static final class SendTwice {
        private SendTwice() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue(value = "handlers", typing = Assigner.Typing.DYNAMIC) final Object handlers,
                @Advice.Argument(0) final OutcomeView outcome,
                @Advice.Argument(1) final int publisherId) {
            Meddling.sendAgain(handlers, publisherId, outcome);
        }
    }

    /** The wall clock as it is. */
    public static final class WallClock {
        private WallClock() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("source") final EpochNanoClock source, @Advice.Return(readOnly = false) long nowNs) {
            nowNs = source.nanoTime();
        }
    }

    /** A cycle that goes back, as a clock may do, whatever cycles there are. */
    public static final class CycleByClock {
        private CycleByClock() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int cycle) {
            cycle -= 2;
        }
    }

    /** A lock that is held by another is had all the same. */
    public static final class ShareLock {
        private ShareLock() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) final FileChannel channel, @Advice.Return(readOnly = false) FileLock lock) {
            if (lock == null) {
                lock = Meddling.noLock(channel);
            }
        }
    }

    /** A projection that threw goes on with the next event. */
    public static final class GoOnAfterError {
        private GoOnAfterError() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.FieldValue(value = "projection", typing = Assigner.Typing.DYNAMIC)
                        final io.millrace.projections.Projection projection,
                @Advice.FieldValue(value = "nextSequence", readOnly = false) long nextSequence,
                @Advice.Argument(0) final EventView event) {
            try {
                projection.onEvent(event);
            } catch (final RuntimeException e) {
                // It is skipped.
            }
            nextSequence = event.sequence() + 1;
            return true;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean goesOn) {
            goesOn = true;
        }
    }

    /** The position moves before the event is applied. */
    public static final class MoveBeforeApply {
        private MoveBeforeApply() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue(value = "nextSequence", readOnly = false) long nextSequence,
                @Advice.FieldValue(value = "progress", typing = Assigner.Typing.DYNAMIC) final Object progress,
                @Advice.Argument(0) final EventView event) {
            nextSequence = event.sequence() + 1;
            Meddling.call(progress, "publish", event.sequence());
        }
    }

    /** The same as before. */
    public static final class ReturnItself {
        private ReturnItself() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This(typing = Assigner.Typing.DYNAMIC) final Object itself,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object value) {
            value = itself;
        }
    }

    /** What must be refused is cut. */
    public static final class CutInsteadOfRefuse {
        private CutInsteadOfRefuse() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object verdict) {
            verdict = Meddling.verdict(verdict, "REFUSE", "CUT");
        }
    }

    /** What must be cut is left as it is. */
    public static final class OpenInsteadOfCut {
        private OpenInsteadOfCut() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object verdict) {
            verdict = Meddling.verdict(verdict, "CUT", "OPEN");
        }
    }
}
