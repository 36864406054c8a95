package io.millrace.peers.reveno;

import io.millrace.contest.Transfer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reveno.atp.api.ChannelOptions;
import org.reveno.atp.api.Configuration;
import org.reveno.atp.api.Configuration.CpuConsumption;
import org.reveno.atp.api.Configuration.MutableModelFailover;
import org.reveno.atp.api.Reveno;
import org.reveno.atp.api.commands.CommandContext;
import org.reveno.atp.api.commands.Result;
import org.reveno.atp.api.transaction.TransactionContext;
import org.reveno.atp.core.Engine;

/** Reveno with the ledger as its domain. */
final class LedgerEngine implements AutoCloseable {
    static final int BUFFER_SIZE = 16 * 1024;

    private static final int MAX_ACTION_BYTES = 1024;
    private static final long MAX_WAIT_SECONDS = 120;

    private final Reveno reveno;

    /** Starts it, on what the directory holds. A volume of each size is allocated for what is to be written. */
    LedgerEngine(final Path directory, final ReadSide readSide, final long actionsBytes, final long eventsBytes) {
        reveno = new Engine(directory.toFile());
        configure(reveno.config(), actionsBytes, eventsBytes);
        reveno.domain().serializeWith(List.of(new ActionSerializer()));
        reveno.domain().command(OpenLedger.class, (command, context) -> context.executeTxAction(command));
        reveno.domain().command(Transfer.class, Boolean.class, LedgerEngine::decide);
        reveno.domain()
                .command(
                        ReadLedger.class,
                        ReadLedger.State.class,
                        (command, context) -> ledger(context).state());
        reveno.domain().transactionAction(OpenLedger.class, LedgerEngine::open);
        reveno.domain().transactionWithCompensatingAction(Transferred.class, LedgerEngine::apply, LedgerEngine::undo);
        reveno.events().eventHandler(Transferred.class, readSide);
        reveno.startup();
    }

    private static void configure(final Configuration config, final long actionsBytes, final long eventsBytes) {
        config.mutableModel();
        config.mutableModelFailover(MutableModelFailover.COMPENSATING_ACTIONS);
        config.cpuConsumption(CpuConsumption.NORMAL);
        config.disruptor().bufferSize(BUFFER_SIZE);
        config.journaling()
                .channelOptions(ChannelOptions.BUFFERING_MMAP_OS)
                .maxObjectSize(MAX_ACTION_BYTES)
                .volumesSize(actionsBytes, eventsBytes)
                .volumes(1)
                .minVolumes(0);
    }

    private static Boolean decide(final Transfer transfer, final CommandContext context) {
        final Ledger ledger = ledger(context);
        if (!ledger.allows(transfer)) {
            return false;
        }
        context.executeTxAction(ledger.decide(transfer));
        return true;
    }

    private static Ledger ledger(final CommandContext context) {
        return context.repo().getClean(Ledger.class, Ledger.ID);
    }

    private static void open(final OpenLedger action, final TransactionContext context) {
        context.repo().store(Ledger.ID, new Ledger(action.accounts()));
    }

    private static void apply(final Transferred action, final TransactionContext context) {
        context.repo().getClean(Ledger.class, Ledger.ID).apply(action);
        context.eventBus().publishEvent(action);
    }

    private static void undo(final Transferred action, final TransactionContext context) {
        context.repo().getClean(Ledger.class, Ledger.ID).undo(action);
    }

    void open(final int accounts) throws Exception {
        await(reveno.executeCommand(new OpenLedger(accounts)));
    }

    CompletableFuture<Result<Boolean>> transfer(final Transfer transfer) {
        return reveno.executeCommand(transfer);
    }

    ReadLedger.State state() throws Exception {
        return this.<ReadLedger.State>await(reveno.executeCommand(new ReadLedger()));
    }

    private <T> T await(final CompletableFuture<Result<T>> answer) throws Exception {
        final Result<T> result = answer.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        if (!result.isSuccess()) {
            throw new IllegalStateException("Reveno must not fail", result.getException());
        }
        return result.getResult();
    }

    @Override
    public void close() {
        reveno.shutdown();
    }
}
