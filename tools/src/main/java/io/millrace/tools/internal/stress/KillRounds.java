package io.millrace.tools.internal.stress;

import io.millrace.engine.Engine;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * Has a child process run commands, kills it, recovers, and checks that what was acknowledged is there, once, in order,
 * and nothing that was never published. Again and again on the same journal.
 *
 * <p>The moment is drawn: in most rounds after so many acknowledgements, in some after so much time, which also hits
 * start, recovery and the first append.
 */
final class KillRounds {
    private static final int ONE_IN_BY_TIME = 5;
    private static final long MAX_BY_TIME_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NS = 50_000;
    private static final long MAX_WAIT_NS = TimeUnit.MINUTES.toNanos(5);

    /**
     * What a round found.
     *
     * @param number of the round, from 1
     * @param acknowledged commands in all, when the child was dead
     * @param recovered commands in all
     * @param recoveryNs how long it took
     */
    record Round(int number, long acknowledged, long recovered, long recoveryNs) {}

    private final StressOptions options;
    private final AckFile acks;
    private final Random random;

    KillRounds(final StressOptions options, final AckFile acks) {
        this.options = options;
        this.acks = acks;
        random = new Random(options.seed());
    }

    List<Round> run(final Progress progress) throws InterruptedException {
        final List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= options.kills(); number++) {
            killOnce(number, nextMoment());
            rounds.add(recover(number));
            progress.to(number);
        }
        return rounds;
    }

    /** Whether it is time to kill, given the nanoseconds since the child was started. */
    private LongPredicate nextMoment() {
        final double share = random.nextDouble();
        if (random.nextInt(ONE_IN_BY_TIME) == 0) {
            return elapsedNs -> elapsedNs >= share * MAX_BY_TIME_NS;
        }
        // Half of the largest share on average, so that all rounds together come to about the asked number.
        final long mostAcks = 2 * options.commands() / (options.kills() + 1);
        final long target = acks.acknowledged() + 1 + (long) (share * mostAcks);
        return elapsedNs -> acks.acknowledged() >= target;
    }

    private void killOnce(final int number, final LongPredicate moment) throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(StressWorkerCommand.arguments(options))) {
            final long startNs = System.nanoTime();
            while (child.alive() && !moment.test(System.nanoTime() - startNs)) {
                if (System.nanoTime() - startNs > MAX_WAIT_NS) {
                    throw new ToolException("child process must get on: round=" + number + ", pid=" + child.pid()
                            + ", acknowledged=" + acks.acknowledged());
                }
                LockSupport.parkNanos(POLL_NS);
            }
            final int exitCode = child.kill();
            if (exitCode != ChildProcess.KILLED) {
                throw new ToolException(
                        "child process must run until it is killed: round=" + number + ", exit code=" + exitCode);
            }
        }
    }

    private Round recover(final int number) {
        final StressMachine machine = options.newMachine();
        final long startNs = System.nanoTime();
        final Engine engine = Engine.launch(options.engineConfig(), machine);
        final long recoveryNs = System.nanoTime() - startNs;
        engine.close();
        long recovered = 0;
        for (int producer = 1; producer <= options.producers(); producer++) {
            check(number, producer, machine.lastRequestId(producer));
            recovered += machine.lastRequestId(producer);
        }
        if (recovered != engine.recoveredEvents()) {
            throw new ToolException("each command must be there once: round=" + number + ", commands=" + recovered
                    + ", events=" + engine.recoveredEvents());
        }
        return new Round(number, acks.acknowledged(), recovered, recoveryNs);
    }

    /** That requests are dense and in order is checked event by event, by the machine. */
    private void check(final int number, final int producer, final long recovered) {
        if (recovered < acks.acknowledged(producer)) {
            throw new ToolException("every acknowledged command must be recovered: round=" + number + ", client="
                    + producer + ", acknowledged=" + acks.acknowledged(producer) + ", recovered=" + recovered);
        }
        if (recovered > acks.published(producer)) {
            throw new ToolException("nothing must be recovered that was not published: round=" + number + ", client="
                    + producer + ", published=" + acks.published(producer) + ", recovered=" + recovered);
        }
    }
}
