package io.millrace.peers.exchangecore;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.BalanceAdjustmentType;
import exchange.core2.core.common.api.ApiNop;
import exchange.core2.core.common.api.reports.SingleUserReportQuery;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import io.millrace.contest.Books;
import io.millrace.contest.Transfers;
import io.millrace.contest.Work;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

/** The engine as a ledger: accounts are users that have one currency, a transfer is two balance adjustments. */
final class Exchange implements AutoCloseable {
    /** Of the adjustment that opens an account. A user's ids must grow, so transfers begin behind it. */
    static final long OPENING_ID = 1;

    private static final int CURRENCY = 1;
    private static final long MAX_WAIT_SECONDS = 120;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final DiskSerializationProcessor disk;
    private final ExchangeCore core;
    private final ExchangeApi api;

    /** Starts it, without users. */
    Exchange(final Path directory, final boolean journaling, final ObjLongConsumer<OrderCommand> results) {
        disk = Engine.disk(directory);
        core = Engine.create(disk, journaling, results, this::newThread);
        core.startup();
        api = core.getApi();
    }

    private Thread newThread(final Runnable stage) {
        final Thread thread = new Thread(stage);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Adds the users and pays in what they begin with. */
    void openAccounts(final int accounts) throws Exception {
        for (int account = 0; account < accounts; account++) {
            api.createUser(0, 0, 0, account);
            adjust(account, OPENING_ID, Work.OPENING_BALANCE, 0);
        }
        awaitAll();
    }

    /** Hands in both adjustments, the withdrawal first. Blocks while the ring is full. */
    void publish(final Transfers transfers) {
        final long id = OPENING_ID + transfers.id();
        adjust(transfers.debit(), id, -transfers.amount(), transfers.id());
        adjust(transfers.credit(), id, transfers.amount(), transfers.id());
    }

    private void adjust(final int account, final long id, final long amount, final long sentAt) {
        api.balanceAdjustment(0, 0, sentAt, account, id, CURRENCY, amount, BalanceAdjustmentType.ADJUSTMENT);
    }

    /** Runs the journal through the engine, and returns how many transfers that were. */
    long replay(final int accounts) throws Exception {
        final long lastSequence = disk.replayJournalFull(Engine.wholeJournal(), api);
        api.groupingControl(0, 1);
        awaitAll();
        // From 1: a user and a payment for each account, the command that awaited them, then adjustments by two.
        final long setupCommands = 2L * accounts + 1;
        return (lastSequence - setupCommands) / 2;
    }

    /** Books of the balances that the engine reports. */
    Books reportedBooks(final int accounts) throws Exception {
        final Books books = new Books(accounts);
        for (int account = 1; account < accounts; account++) {
            books.apply(0, account, reportedBalance(account) - Work.OPENING_BALANCE);
        }
        // What all others have gained, the first must have lost.
        final long balance = reportedBalance(0);
        if (balance != books.balance(0)) {
            throw new IllegalStateException("money must not come or go: " + books.balance(0) + ", found " + balance);
        }
        return books;
    }

    private long reportedBalance(final int account) throws Exception {
        return await(api.processReport(new SingleUserReportQuery(account), account))
                .getAccounts()
                .get(CURRENCY);
    }

    private void awaitAll() throws Exception {
        final CommandResultCode code =
                await(api.submitCommandAsync(ApiNop.builder().build()));
        if (code != CommandResultCode.SUCCESS) {
            throw new IllegalStateException("the engine must answer, found " + code);
        }
    }

    private static <T> T await(final CompletableFuture<T> answer) throws Exception {
        return answer.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the threads, too: the engine only tells them to end. Its journal's file it leaves to the collector. */
    @Override
    public void close() {
        core.shutdown(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        try {
            for (final Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
