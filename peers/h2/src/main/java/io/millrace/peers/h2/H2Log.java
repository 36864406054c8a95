package io.millrace.peers.h2;

import io.millrace.contest.BatchPipeline;
import io.millrace.contest.Transfers;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Inserts events, a transaction for each batch. */
final class H2Log implements BatchPipeline.EventLog, AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;
    /** H2 copies it when it is set. */
    private final byte[] body = new byte[Transfers.EVENT_BYTES];

    /** Makes the table, and takes the connection over. */
    H2Log(final Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE event (id BIGINT PRIMARY KEY, body VARBINARY(64) NOT NULL)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO event VALUES (?, ?)");
    }

    @Override
    public void append(final ByteBuffer buffer, final int offset) throws SQLException {
        buffer.get(offset, body);
        insert.setLong(1, buffer.getLong(offset + Transfers.ID_OFFSET));
        insert.setBytes(2, body);
        insert.addBatch();
    }

    @Override
    public void commit() throws SQLException {
        insert.executeBatch();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            insert.close();
        }
    }
}
