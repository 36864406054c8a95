package io.millrace.projections.internal;

import io.millrace.engine.RingFeed;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group's feed from the ring, and when to join and to leave it. For the group's thread. */
final class RingLink {
    private static final Logger LOG = LoggerFactory.getLogger(RingLink.class);
    private static final int MAX_POLL_COMMANDS = 256;

    /** A group that leaves and comes back all the time is told of this often. */
    private static final long NEWS_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    /** How long a group stays away from the ring; doubles each time that it has not stayed on the ring for long. */
    private static final long MIN_AWAY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long MAX_AWAY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONG_STAY_NS = TimeUnit.SECONDS.toNanos(10);

    private final String group;
    private final RingFeed feed;
    private final int lagBudget;
    private final int joinDistance;
    private final int maxPollCommands;
    private boolean joined;
    private boolean broken;
    private long lag;
    private long timesLeft;
    private long lastNewsNs = System.nanoTime() - NEWS_INTERVAL_NS;
    private long joinedNs;
    private long leftNs;
    private long awayNs;

    RingLink(final String group, final RingFeed feed, final int lagBudget) {
        this.group = group;
        this.feed = feed;
        this.lagBudget = lagBudget;
        // Well within the budget, so as not to leave at once.
        joinDistance = Math.max(1, lagBudget / 4);
        maxPollCommands = Math.max(1, Math.min(lagBudget / 2, MAX_POLL_COMMANDS));
    }

    boolean joined() {
        return joined;
    }

    /** Whether a group that far behind the journal is to join. */
    boolean mayJoin(final long eventsBehind) {
        return eventsBehind <= joinDistance && !broken && (awayNs == 0 || System.nanoTime() - leftNs >= awayNs);
    }

    void join() {
        try {
            feed.join();
            joined = true;
            joinedNs = System.nanoTime();
        } catch (final RuntimeException e) {
            breakDown(e);
        }
    }

    /** Looks at how far the group is behind. */
    long lag() {
        try {
            lag = joined ? feed.lag() : 0;
        } catch (final RuntimeException e) {
            breakDown(e);
        }
        return lag;
    }

    /** Whether the group must leave. */
    boolean overBudget() {
        return lag() > lagBudget || broken;
    }

    /** Polls; what the handler throws passes through, and the ring has been left. */
    int poll(final RingDelivery handler) {
        try {
            return feed.poll(handler, maxPollCommands);
        } catch (final Throwable e) {
            joined = false;
            if (handler.hasThrown(e)) {
                throw e;
            }
            breakDown(e);
            return 0;
        }
    }

    void leave() {
        joined = false;
        timesLeft++;
        leftNs = System.nanoTime();
        awayNs = leftNs - joinedNs > LONG_STAY_NS || awayNs == 0 ? MIN_AWAY_NS : Math.min(2 * awayNs, MAX_AWAY_NS);
        try {
            feed.leave();
        } catch (final RuntimeException e) {
            breakDown(e);
        }
    }

    /** Whether the last leaving is to be logged. */
    boolean isLeavingNews() {
        final long nowNs = System.nanoTime();
        if (nowNs - lastNewsNs < NEWS_INTERVAL_NS) {
            return false;
        }
        lastNewsNs = nowNs;
        return true;
    }

    void close() {
        joined = false;
        try {
            feed.close();
        } catch (final RuntimeException e) {
            LOG.warn("projection group could not close its feed: group={}", group, e);
        }
    }

    private void breakDown(final Throwable cause) {
        if (!broken) {
            broken = true;
            joined = false;
            lag = 0;
            LOG.warn(
                    "projection group tails from now on, because its feed from the ring has failed: group={}",
                    group,
                    cause);
            close();
        }
    }

    @Override
    public String toString() {
        return "lag=" + lag + ", lagBudget=" + lagBudget + ", timesLeft=" + timesLeft;
    }
}
