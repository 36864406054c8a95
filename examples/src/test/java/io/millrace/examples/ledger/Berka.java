package io.millrace.examples.ledger;

import io.millrace.examples.driver.SharedData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;

/** Real postings of a bank, in booking order, with the balance after each of them. */
final class Berka {
    static final int ACCOUNTS = 354;
    static final int POSTINGS = 30_200;

    /** The account on the other side of all postings; no customer has this id. */
    static final long BANK = 1;

    private static final int LEDGER = 203;

    private Berka() {}

    /** One posting; amounts are in hundredths. */
    record Posting(long account, int number, long id, boolean credit, long amount, long bankBalance, long cumulative) {
        /** Writes the transfer that this posting is: from the bank when it is a credit, to the bank when it is not. */
        void encode(final MutableDirectBuffer buffer) {
            final Transfer transfer = new Transfer();
            transfer.idLo = id;
            transfer.debitLo = credit ? BANK : account;
            transfer.creditLo = credit ? account : BANK;
            transfer.amountLo = amount;
            transfer.ledger = LEDGER;
            transfer.code = 1;
            Rows.command(buffer, transfer);
        }
    }

    /** All postings; skips the test when they are not there. */
    static List<Posting> read() throws IOException {
        return Files.readAllLines(SharedData.file("berka/berka_ordered.csv")).stream()
                .skip(1)
                .map(Berka::parse)
                .toList();
    }

    /** Ids of the customers' accounts. */
    static SortedSet<Long> accounts(final List<Posting> postings) {
        final SortedSet<Long> accounts = new TreeSet<>();
        postings.forEach(posting -> accounts.add(posting.account()));
        return accounts;
    }

    /** Writes the row that opens an account. */
    static void encodeAccount(final MutableDirectBuffer buffer, final int row, final long id, final int flags) {
        Rows.account(buffer, row, id, LEDGER, flags);
    }

    private static Posting parse(final String line) {
        final String[] columns = line.split(",", -1);
        return new Posting(
                Long.parseLong(columns[0]),
                Integer.parseInt(columns[1]),
                Long.parseLong(columns[2]),
                columns[4].equals("C"),
                hundredths(columns[5]),
                hundredths(columns[6]),
                hundredths(columns[7]));
    }

    private static long hundredths(final String decimal) {
        return new BigDecimal(decimal).movePointRight(2).longValueExact();
    }
}
