package io.millrace.peers.sqlite;

import io.millrace.contest.BatchPipeline;
import io.millrace.contest.Transfers;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Inserts events, a transaction for each batch; many rows by one statement, since each costs calls into native code. */
final class SqliteLog implements BatchPipeline.EventLog, AutoCloseable {
    /** Of one statement. */
    static final int ROWS = 512;

    private static final String INSERT = "INSERT INTO event (body) VALUES (?)";

    private final Connection connection;
    private final PreparedStatement insertMany;
    private final PreparedStatement insertOne;
    /** The driver keeps the arrays, not copies, until it executes. */
    private final byte[][] bodies = new byte[ROWS][Transfers.EVENT_BYTES];

    private int pending;

    /** Makes the table, and takes the connection over. */
    SqliteLog(final Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        insertMany = connection.prepareStatement(INSERT + ", (?)".repeat(ROWS - 1));
        insertOne = connection.prepareStatement(INSERT);
    }

    @Override
    public void append(final ByteBuffer buffer, final int offset) throws SQLException {
        buffer.get(offset, bodies[pending]);
        pending++;
        if (pending == ROWS) {
            insertMany();
        }
    }

    private void insertMany() throws SQLException {
        for (int row = 0; row < ROWS; row++) {
            insertMany.setBytes(row + 1, bodies[row]);
        }
        insertMany.executeUpdate();
        pending = 0;
    }

    @Override
    public void commit() throws SQLException {
        if (pending > 0) {
            insertPending();
        }
        connection.commit();
    }

    private void insertPending() throws SQLException {
        for (int row = 0; row < pending; row++) {
            insertOne.setBytes(1, bodies[row]);
            insertOne.addBatch();
        }
        insertOne.executeBatch();
        pending = 0;
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                insertMany) {
            insertOne.close();
        }
    }
}
