package io.millrace.peers.axon;

import io.millrace.contest.Transfer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Handles the commands. Called by the invoker thread of the command bus only.
 *
 * <p>It holds on to the aggregate that it loaded: the repository of the Disruptor command bus has it by a weak reference,
 * and would read all events again after a garbage collection.
 */
final class LedgerCommands {
    private final Repository<Ledger> repository;
    private Aggregate<Ledger> loaded;

    LedgerCommands(final Repository<Ledger> repository) {
        this.repository = repository;
    }

    void subscribe(final CommandBus bus) {
        bus.subscribe(OpenLedger.class.getName(), this::open);
        bus.subscribe(Transfer.class.getName(), this::transfer);
    }

    private Object open(final CommandMessage<?> message) throws Exception {
        final int accounts = ((OpenLedger) message.getPayload()).accounts();
        loaded = repository.newInstance(() -> new Ledger(accounts));
        return Boolean.TRUE;
    }

    private Object transfer(final CommandMessage<?> message) {
        final Transfer command = (Transfer) message.getPayload();
        loaded = repository.load(Ledger.IDENTIFIER);
        return loaded.invoke(ledger -> ledger.transfer(command));
    }

    /** To be called after all commands have been answered. */
    long stateHash() {
        return loaded.invoke(Ledger::hash);
    }
}
