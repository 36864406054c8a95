package io.millrace.peers.pekko;

import io.millrace.contest.Books;
import io.millrace.contest.Transfer;
import io.millrace.contest.Transferred;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The entity: all accounts, since a transfer changes two of them at once. The state is changed in place, which Pekko allows
 * where no snapshots are taken.
 */
final class Ledger extends EventSourcedBehavior<Transfer, Transferred, Books> {
    private final int accounts;
    private final ActorRef<Transferred> readModel;
    private final Progress progress;

    Ledger(final int accounts, final ActorRef<Transferred> readModel, final Progress progress) {
        super(PersistenceId.ofUniqueId("ledger"));
        this.accounts = accounts;
        this.readModel = readModel;
        this.progress = progress;
    }

    @Override
    public Books emptyState() {
        return new Books(accounts);
    }

    @Override
    public CommandHandler<Transfer, Transferred, Books> commandHandler() {
        return this::decide;
    }

    private Effect<Transferred, Books> decide(final Books books, final Transfer command) {
        final int debit = (int) command.debit();
        if (!books.allows(debit, command.amount())) {
            return Effect().none().thenRun(unchanged -> progress.rejected());
        }
        final long debitBalance = books.balance(debit) - command.amount();
        final long creditBalance = books.balance((int) command.credit()) + command.amount();
        final Transferred event = Transferred.of(command, debitBalance, creditBalance);
        return Effect().persist(event).thenRun(changed -> {
            readModel.tell(event);
            progress.accepted();
        });
    }

    @Override
    public EventHandler<Books, Transferred> eventHandler() {
        return Ledger::apply;
    }

    private static Books apply(final Books books, final Transferred event) {
        books.apply((int) event.debit(), (int) event.credit(), event.amount());
        return books;
    }

    @Override
    public SignalHandler<Books> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), progress::recovered)
                .build();
    }
}
