package io.millrace.peers.h2;

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
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.engine.Constants;

/** A table of events in an embedded H2 file database, behind a {@link BatchPipeline}. */
public final class H2Contender implements Contender {
    private static final int MAX_BATCH_COMMANDS = 4096;

    /** By default, commits stay in the process for up to half a second: with no delay, each writes its chunk. */
    private static final String LIVE_SETTINGS = ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";

    /** Otherwise the whole result is collected, in a file when it is large, before its first row can be had. */
    private static final String REPLAY_SETTINGS =
            ";LAZY_QUERY_EXECUTION=TRUE;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";

    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new H2Contender());
    }

    @Override
    public String key() {
        return "h2";
    }

    @Override
    public String title() {
        return "H2 " + Constants.VERSION;
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
        settings.put("table", "an event a row: BIGINT PRIMARY KEY, VARBINARY(64)");
        settings.put("insert", "one prepared statement, JDBC batches");
        settings.put("WRITE_DELAY", "0: a commit returns when its chunk is written (H2's default loses up to 500 ms)");
        settings.put("locks", "as H2 comes: MVStore, one connection");
        settings.put("replay", "ORDER BY id, LAZY_QUERY_EXECUTION=TRUE: rows one by one");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws SQLException {
        try (H2Log log = new H2Log(connect(directory, LIVE_SETTINGS))) {
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
        try (Connection connection = connect(directory, REPLAY_SETTINGS + ";IFEXISTS=TRUE");
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

    private static Connection connect(final Path directory, final String settings) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve("events").toAbsolutePath() + settings);
    }
}
