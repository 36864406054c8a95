package io.millrace.examples.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.examples.driver.DirectDriver;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LedgerWorkloadTest {
    private static final int ACCOUNTS = 1000;
    private static final int COMMAND_BYTES = 256;
    private static final long SEED = 42;

    private final LedgerMachine machine = new LedgerMachine();
    private final AccountBalances balances = new AccountBalances(1);
    private final SteadyDriver driver = new SteadyDriver(machine, balances);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[COMMAND_BYTES]);

    @Test
    void shouldSucceedWithEveryCommand() {
        final LedgerWorkload workload = new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED);
        run(workload, workload.openingCommands());
        assertEquals(ACCOUNTS, machine.accountCount());
        run(workload, 100_000);
        assertEquals(100_000, workload.transfers());
        assertEquals(100_000, machine.transferCount());
        assertEquals(100_000, balances.transferCount());
        for (long id = 1; id <= ACCOUNTS; id++) {
            final AccountRecord account =
                    machine.account(BigInteger.valueOf(id)).orElseThrow();
            final Balances seen = balances.balances(BigInteger.valueOf(id)).orElseThrow();
            assertEquals(account.debitsPosted(), seen.debitsPosted());
            assertEquals(account.creditsPosted(), seen.creditsPosted());
        }
        assertEquals(balances.totals().debitsPosted(), balances.totals().creditsPosted());
    }

    @Test
    void shouldBeTheSameWhenTheSeedIsTheSame() {
        final LedgerWorkload one = new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED);
        final LedgerWorkload same = new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED);
        final LedgerWorkload other = new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED + 1);
        boolean differs = false;
        for (int i = 0; i < 2 * ACCOUNTS; i++) {
            final byte[] expected = next(one);
            assertArrayEquals(expected, next(same));
            differs |= !Arrays.equals(expected, next(other));
        }
        assertTrue(differs, "another seed must give another stream");
    }

    /** New transfers take pages of memory that is not on the heap; a page costs some dozen bytes of it. */
    @Test
    void shouldAllocateNothingPerTransferWhenWarm() {
        final int transfers = 200_000;
        final LedgerWorkload workload = new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED);
        run(workload, workload.openingCommands() + transfers);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        run(workload, transfers);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(0, allocated / transfers, () -> "bytes: " + allocated + ", transfers: " + transfers);
    }

    @Test
    void shouldAllocateNothingPerBatchWhenWarm() {
        final int batches = 20_000;
        final UnsafeBuffer rows = Rows.buffer(2);
        run(new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED), ACCOUNTS / 2);
        runBatches(rows, 0, batches);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        runBatches(rows, batches, 2 * batches);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(0, allocated / batches, () -> "bytes: " + allocated + ", batches: " + batches);
        assertEquals(4 * batches, machine.transferCount());
    }

    @Test
    void shouldComeBackWhenSavedAndLoadedWithManyTransfers() {
        final LedgerWorkload workload = new LedgerWorkload(ACCOUNTS, COMMAND_BYTES, SEED);
        run(workload, workload.openingCommands() + 50_000);
        final byte[] live = DirectDriver.save(machine);
        final LedgerMachine loaded = DirectDriver.load(new LedgerMachine(), live);
        assertArrayEquals(live, DirectDriver.save(loaded));
        final SteadyDriver continued = new SteadyDriver(loaded, balances, driver);
        workload.next(buffer, 0);
        assertTrue(continued.submit(workload.typeId(), buffer, TransferCommandLayout.LENGTH));
        assertFalse(
                continued.submit(workload.typeId(), buffer, TransferCommandLayout.LENGTH),
                "a known id must be refused");
    }

    /** A pending transfer, and a row that posts it. */
    private void runBatches(final UnsafeBuffer rows, final int from, final int to) {
        final Transfer transfer = new Transfer();
        transfer.ledger = LedgerWorkload.LEDGER;
        transfer.code = LedgerWorkload.CODE;
        for (int batch = from; batch < to; batch++) {
            transfer.idLo = 2L * batch + 1;
            transfer.debitLo = 1 + batch % ACCOUNTS;
            transfer.creditLo = 1 + (batch + 1) % ACCOUNTS;
            transfer.amountLo = 5;
            transfer.pendingLo = 0;
            transfer.timeout = 3600;
            transfer.flags = TransferFlags.PENDING | TransferFlags.LINKED;
            Rows.transfer(rows, 0, transfer);
            transfer.pendingLo = transfer.idLo++;
            transfer.timeout = 0;
            transfer.flags = TransferFlags.POST_PENDING;
            Rows.transfer(rows, 1, transfer);
            assertTrue(driver.submit(LedgerTypes.CREATE_TRANSFERS, rows, 2 * TransferRowLayout.LENGTH));
        }
    }

    private void run(final LedgerWorkload workload, final int commands) {
        for (int i = 0; i < commands; i++) {
            final int length = workload.next(buffer, 0);
            assertTrue(driver.submit(workload.typeId(), buffer, length));
        }
    }

    private byte[] next(final LedgerWorkload workload) {
        final byte[] payload = new byte[workload.next(buffer, 0)];
        buffer.getBytes(0, payload);
        return payload;
    }
}
