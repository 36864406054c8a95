package io.millrace.peers.sqlite;

import io.millrace.contest.BatchPipeline;
import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/** A table of events in an SQLite file, with a write-ahead log, behind a {@link BatchPipeline}. */
public final class SqliteContender implements Contender {
    private static final int MAX_BATCH_COMMANDS = 4096;
    private static final int PAGE_BYTES = 16 * 1024;

    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new SqliteContender());
    }

    @Override
    public String key() {
        return "sqlite";
    }

    @Override
    public String title() {
        return "SQLite, sqlite-jdbc " + SQLiteJDBCLoader.getVersion();
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("transaction", "what has come in, at most " + MAX_BATCH_COMMANDS + " commands");
        settings.put("outstanding", BatchPipeline.RING_COMMANDS + " commands at most");
        settings.put("threads", "one produces, one decides and writes, one counts what was committed");
        settings.put("table", "an event a row: INTEGER PRIMARY KEY, which SQLite counts up, and a BLOB");
        settings.put("insert", "prepared, " + SqliteLog.ROWS + " rows a statement; JDBC batches for what is left over");
        settings.put("journal_mode", "WAL");
        settings.put("synchronous", "OFF: a commit survives the process, not the machine");
        settings.put("locking_mode", "EXCLUSIVE: no shared memory for other processes");
        settings.put("page_size", Integer.toString(PAGE_BYTES));
        settings.put("replay", "ORDER BY id");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws SQLException {
        try (SqliteLog log = new SqliteLog(connect(directory))) {
            return BatchPipeline.live(work, MAX_BATCH_COMMANDS, log);
        }
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws SQLException {
        final Usage start = Usage.now();
        final Books books = new Books(work.accounts());
        try (Connection connection = connect(directory);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT body FROM event ORDER BY id")) {
            final long events = applyAll(rows, books);
            return new Replay(Usage.now().since(start), events, books.hash());
        }
    }

    private static long applyAll(final ResultSet rows, final Books books) throws SQLException {
        long events = 0;
        while (rows.next()) {
            BatchPipeline.apply(ByteBuffer.wrap(rows.getBytes(1)).order(Transfers.BYTE_ORDER), 0, books);
            events++;
        }
        return events;
    }

    private static Connection connect(final Path directory) throws SQLException {
        final SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        return config.createConnection(
                "jdbc:sqlite:" + directory.resolve("events.db").toAbsolutePath());
    }
}
