package io.millrace.faults.disk;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.EpochNanoClock;

/** A clock that does once, at a drawn reading, what a clock must not do. */
final class JumpingClock implements EpochNanoClock {
    private static final int MAX_READINGS = 60;

    /** What clocks do. */
    enum Jump {
        NONE(0),
        BACK_A_LITTLE(-TimeUnit.SECONDS.toNanos(10)),
        BACK_A_DAY(-TimeUnit.DAYS.toNanos(1)),
        BACK_A_YEAR(-TimeUnit.DAYS.toNanos(365)),
        FORWARD_AN_HOUR(TimeUnit.HOURS.toNanos(1)),
        FORWARD_A_DAY(TimeUnit.DAYS.toNanos(1)),
        FORWARD_TEN_YEARS(TimeUnit.DAYS.toNanos(3650)),
        STANDS_STILL(0);

        private final long nanoseconds;

        Jump(final long nanoseconds) {
            this.nanoseconds = nanoseconds;
        }
    }

    private final Jump jump;
    private final int atReading;
    private final long startNs = System.nanoTime();
    private final long startEpochNs;
    private final AtomicInteger readings = new AtomicInteger();
    private volatile long stoppedNs;

    JumpingClock(final long startEpochNs, final Jump jump, final SplittableRandom random) {
        this.startEpochNs = startEpochNs;
        this.jump = jump;
        atReading = random.nextInt(MAX_READINGS);
    }

    @Override
    public long nanoTime() {
        final long soundNs = startEpochNs + System.nanoTime() - startNs;
        if (readings.getAndIncrement() < atReading) {
            return soundNs;
        }
        if (jump == Jump.STANDS_STILL) {
            stoppedNs = stoppedNs == 0 ? soundNs : stoppedNs;
            return stoppedNs;
        }
        return soundNs + jump.nanoseconds;
    }
}
