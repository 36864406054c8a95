package io.millrace.faults.planted;

import io.millrace.engine.OutcomeHandler;
import io.millrace.engine.OutcomeView;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** What planted advice calls. It reaches into classes that it must not know, by their names; a bug may do that. */
public final class Meddling {
    private Meddling() {}

    /** Calls a method, whatever its visibility. */
    public static Object call(final Object target, final String name, final Object... arguments) {
        final Method method = Arrays.stream(target.getClass().getDeclaredMethods())
                .filter(declared -> declared.getName().equals(name) && declared.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("method must be there: " + target.getClass() + "." + name));
        try {
            method.setAccessible(true);
            return method.invoke(target, arguments);
        } catch (final InvocationTargetException e) {
            throw Meddling.<RuntimeException>unchecked(e.getCause());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a field, whatever its visibility. */
    public static Object field(final Object target, final String name) {
        try {
            final Field field = target.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(target);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(final Throwable e) {
        return (E) e;
    }

    /** Acknowledges everything that waits for a force. */
    public static void acknowledgeAll(final Object pending) {
        call(pending, "completeSynced", call(pending, "tail"));
    }

    /** Sends an outcome again to the handler that had it. */
    public static void sendAgain(final Object handlers, final int publisherId, final OutcomeView outcome) {
        final OutcomeHandler[] known = (OutcomeHandler[]) handlers;
        if (publisherId < known.length) {
            known[publisherId].onOutcome(outcome);
        }
    }

    /** Applies an event again. */
    public static void applyAgain(final StateMachine machine, final EventView event) {
        machine.apply(event);
    }

    /** The same verdict of the tail rule with another action, if the action was a given one. */
    public static Object verdict(final Object verdict, final String from, final String to) {
        final Object action = call(verdict, "action");
        if (!action.toString().equals(from)) {
            return verdict;
        }
        try {
            final Object other = Arrays.stream(action.getClass().getEnumConstants())
                    .filter(constant -> constant.toString().equals(to))
                    .findFirst()
                    .orElseThrow();
            final Constructor<?> constructor = verdict.getClass().getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(other, call(verdict, "damage"));
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the last event of a record begins, so that it can be left out. */
    public static int lastEventOffset(final DirectBuffer buffer, final int recordOffset, final int eventCount) {
        int offset = recordOffset + JournalFormat.COMMAND_HEADER_LENGTH;
        for (int i = 1; i < eventCount; i++) {
            offset += JournalFormat.align(
                    buffer.getInt(offset + JournalFormat.EVENT_LENGTH_OFFSET, JournalFormat.BYTE_ORDER));
        }
        return offset;
    }

    /** The first sequence that an open commit says of itself. */
    public static long firstSequence(final DirectBuffer commit) {
        return commit.getLong(JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET, JournalFormat.BYTE_ORDER);
    }

    /** A lock that locks nothing. */
    public static FileLock noLock(final FileChannel channel) {
        return new FileLock(channel, 0, Long.MAX_VALUE, false) {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void release() {}
        };
    }
}
