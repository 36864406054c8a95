package io.millrace.peers.aeronarchive;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.millrace.contest.Books;
import io.millrace.contest.Transfers;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;

/** Decides the commands, and writes the events into the recorded publication. */
final class Service implements Agent, ControlledFragmentHandler {
    private static final int FRAGMENT_LIMIT = 256;

    private final Books books;
    private final Subscription commands;
    private final ExclusivePublication events;
    private final BufferClaim claim = new BufferClaim();
    private long answeredHere;
    private long acceptedHere;
    private volatile long accepted;
    private volatile long answered;

    Service(final Books books, final Subscription commands, final ExclusivePublication events) {
        this.books = books;
        this.commands = commands;
        this.events = events;
    }

    @Override
    public String roleName() {
        return "service";
    }

    @Override
    public int doWork() {
        final int fragments = commands.controlledPoll(this, FRAGMENT_LIMIT);
        if (answeredHere != answered) {
            accepted = acceptedHere;
            answered = answeredHere;
        }
        return fragments;
    }

    @Override
    public Action onFragment(final DirectBuffer command, final int offset, final int length, final Header header) {
        final int debit = (int) command.getLong(offset + Transfers.DEBIT_OFFSET, Transfers.BYTE_ORDER);
        final long amount = command.getLong(offset + Transfers.AMOUNT_OFFSET, Transfers.BYTE_ORDER);
        if (books.allows(debit, amount)) {
            final long position = events.tryClaim(Transfers.EVENT_BYTES, claim);
            if (position < 0) {
                return retry(position);
            }
            final int credit = (int) command.getLong(offset + Transfers.CREDIT_OFFSET, Transfers.BYTE_ORDER);
            books.apply(debit, credit, amount);
            writeEvent(command, offset, books.balance(debit), books.balance(credit));
            acceptedHere++;
        }
        answeredHere++;
        return Action.CONTINUE;
    }

    /** Has the command delivered again, if there may be room later. */
    private static Action retry(final long result) {
        if (result != Publication.BACK_PRESSURED && result != Publication.ADMIN_ACTION) {
            throw new IllegalStateException("event must be published: " + Publication.errorString(result));
        }
        return Action.ABORT;
    }

    private void writeEvent(
            final DirectBuffer command, final int offset, final long debitBalance, final long creditBalance) {
        final MutableDirectBuffer event = claim.buffer();
        final int eventOffset = claim.offset();
        event.putBytes(eventOffset, command, offset, Transfers.DEBIT_BALANCE_OFFSET);
        event.putLong(eventOffset + Transfers.DEBIT_BALANCE_OFFSET, debitBalance, Transfers.BYTE_ORDER);
        event.putLong(eventOffset + Transfers.CREDIT_BALANCE_OFFSET, creditBalance, Transfers.BYTE_ORDER);
        claim.commit();
    }

    /** Read by the producer. */
    long answered() {
        return answered;
    }

    /** Read by the producer. */
    long accepted() {
        return accepted;
    }
}
