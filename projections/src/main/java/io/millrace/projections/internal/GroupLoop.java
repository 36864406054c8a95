package io.millrace.projections.internal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.JournalReader;
import io.millrace.projections.Attachment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread of a group does. Assumes: the journal holds every event once, in order, and whatever the ring delivers
 * is journaled. Guarantees: each projection gets each event once, in order. Progress: by tailing alone; the ring only
 * makes it faster.
 *
 * <pre>
 *                  close to the writer                  a command comes from the ring
 *    ┌─────────┐ ──────────────────────▶ ┌────────────┐ ─────────────────────────────▶ ┌───────────┐
 *    │ tailing │                         │ joined,    │                                │ joined,   │
 *    │         │ ◀────────────────────── │ tails on   │                                │ polls     │
 *    └─────────┘   lag over the budget   └────────────┘                                └─────┬─────┘
 *         ▲                                                                                  │
 *         └──────────────────────────────────────────────────────────────────────────────────┘
 *                                          lag over the budget
 * </pre>
 */
final class GroupLoop implements Runnable, Patience {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLoop.class);

    /** How often the journal is read although nothing seems new: that is how its end is noticed. */
    private static final long LOOK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final List<Member<?>> members;
    private final Journal journal;
    private final RingLink ring;
    private final IdleStrategy idle;
    private final int maxCommits;
    private final Delivery delivery;
    private final RingDelivery ringDelivery;
    private JournalReader reader;
    private long lastWorkNs = System.nanoTime();
    private volatile boolean stopping;
    private volatile Attachment attachment = Attachment.TAILING;

    GroupLoop(
            final String name,
            final List<Member<?>> members,
            final Journal journal,
            final RingLink ring,
            final IdleStrategy idle,
            final int maxCommits) {
        this.name = name;
        this.members = members;
        this.journal = journal;
        this.ring = ring;
        this.idle = idle;
        this.maxCommits = maxCommits;
        delivery = new Delivery(members, this);
        ringDelivery = new RingDelivery(delivery, this::fill);
    }

    Attachment attachment() {
        return attachment;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void check() {
        if (stopping || !delivery.isAnyRunning()) {
            throw Signal.STOP;
        }
        if (ring != null && ring.joined() && ring.overBudget()) {
            throw Signal.LEAVE_RING;
        }
    }

    @Override
    public void run() {
        try {
            reader = journal.newReader(delivery.nextSequence());
            while (!stopping && delivery.isAnyRunning()) {
                idle.idle(work());
            }
        } catch (final Throwable e) {
            onFailure(e);
        } finally {
            release();
        }
    }

    private int work() {
        Thread.interrupted(); // a projection may leave the flag behind, and no idle strategy would rest with it
        try {
            return ring == null ? tail() : ring.joined() ? follow() : catchUp();
        } catch (final Signal signal) {
            if (signal == Signal.LEAVE_RING) {
                leaveRing();
            }
            return 1;
        }
    }

    private int tail() {
        final boolean isNew = journal.journaledSequence() >= delivery.nextSequence();
        return isNew || isTimeToLook() ? read() : 0;
    }

    private boolean isTimeToLook() {
        return System.nanoTime() - lastWorkNs > LOOK_INTERVAL_NS;
    }

    private int read() {
        toNextSequence();
        final int commits;
        try {
            commits = reader.poll(delivery, maxCommits);
        } finally {
            delivery.endBatch();
        }
        if (commits == 0) {
            lastWorkNs = System.nanoTime();
        }
        return commits;
    }

    private void toNextSequence() {
        if (reader.nextSequence() != delivery.nextSequence()) {
            reader.seek(delivery.nextSequence());
        }
    }

    private int catchUp() {
        if (attachment == Attachment.RING) {
            attachment = Attachment.TAILING; // the feed broke down
        }
        final int commits = tail();
        final long behind = journal.journaledSequence() - delivery.nextSequence() + 1;
        if (ring.mayJoin(behind)) {
            joinRing();
        }
        return commits;
    }

    private void joinRing() {
        ringDelivery.reset();
        ring.join();
        if (ring.joined()) {
            attachment = Attachment.RING;
            LOG.debug("projection group has joined the ring: group={}, nextSequence={}", name, delivery.nextSequence());
        }
    }

    /** Tails on until the ring is heard, and whenever it has something and does not deliver it. */
    private int follow() {
        check();
        final boolean isNew = ring.lag() > 0;
        final int commands = isNew ? pollRing() : 0;
        if (commands > 0) {
            lastWorkNs = System.nanoTime();
            return commands;
        }
        if (isNew || !ringDelivery.heard()) {
            return tail();
        }
        return isTimeToLook() ? read() : 0;
    }

    private int pollRing() {
        try {
            return ring.poll(ringDelivery);
        } finally {
            delivery.endBatch();
        }
    }

    private void fill(final long endSequenceExclusive) {
        while (delivery.nextSequence() < endSequenceExclusive) {
            toNextSequence();
            if (reader.poll(delivery, 1) == 0) {
                throw new IllegalStateException("the journal must hold what comes before sequence "
                        + endSequenceExclusive + " from the ring: nextSequence=" + delivery.nextSequence()
                        + ", journaledSequence=" + journal.journaledSequence());
            }
        }
    }

    private void leaveRing() {
        ring.leave();
        attachment = Attachment.TAILING;
        if (ring.isLeavingNews()) {
            LOG.warn(
                    "projection group has left the ring and tails until it has caught up: group={}, {}, nextSequence={},"
                            + " journaledSequence={}",
                    name,
                    ring,
                    delivery.nextSequence(),
                    journal.journaledSequence());
        }
    }

    /** A journal that was closed behind the last event that was read has been read to its end. */
    private void onFailure(final Throwable cause) {
        if (cause instanceof JournalFailedException && delivery.nextSequence() > journal.journaledSequence()) {
            LOG.info(
                    "projection group has applied all of a journal that is closed: group={}, appliedSequence={}",
                    name,
                    delivery.nextSequence() - 1);
            return;
        }
        delivery.failAll(cause);
    }

    /** The ring first: the writer may be waiting for it. */
    private void release() {
        attachment = Attachment.TAILING;
        if (ring != null) {
            ring.close();
        }
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (final RuntimeException e) {
            LOG.warn("projection group could not close its reader: group={}", name, e);
        } finally {
            members.forEach(Member::close);
        }
    }
}
