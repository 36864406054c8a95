package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.otf.Types;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.MessageSchema;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** The schema for other languages describes the bytes that are written, field by field. */
class SchemaTest {
    private static final int COMMIT = 1;
    private static final int COMMAND = 2;
    private static final int EVENT = 3;

    @TempDir
    Path directory;

    private Ir schema;

    @BeforeEach
    void parseSchema() throws Exception {
        final ParserOptions options =
                ParserOptions.builder().stopOnError(true).warningsFatal(true).build();
        try (InputStream in = JournalFormat.class.getResourceAsStream("millrace-journal-v1.xml")) {
            final MessageSchema parsed = XmlSchemaParser.parse(in, options);
            schema = new IrGenerator().generate(parsed);
        }
    }

    @Test
    void shouldReadWhatTheViewsReadWhenACommitIsDecoded() throws Exception {
        final List<String> views = writeJournal();
        final List<String> decoded = new ArrayList<>();
        final Path cycle = DamagedDirectory.cycles(directory).get(0);
        for (final DamagedDirectory.Region region : DamagedDirectory.commits(cycle)) {
            decode(new UnsafeBuffer(DamagedDirectory.read(cycle, region.offset(), region.length())), decoded);
        }
        assertEquals(views, decoded);
        assertEquals(10, views.size());
    }

    private List<String> writeJournal() {
        final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(directory, nowNs::get))) {
            fixture.event(65_535, 65_535, -5, new byte[] {'x'})
                    .event(6, "two")
                    .result("fine")
                    .accept(-11, 1);
            nowNs.addAndGet(0xFFFF_FFFFL);
            fixture.result("refused").reject(12, -9, 65_535).commit();
            fixture.event(6, "three").accept(1, 2).event(6, "four").accept(1, 3).commit();
            return fixture.read(1);
        }
    }

    private void decode(final UnsafeBuffer commit, final List<String> lines) {
        final Map<String, Long> envelope = fields(COMMIT, commit, 0);
        assertEquals(JournalFormat.MAGIC & 0xFFFF_FFFFL, envelope.get("magic"));
        assertEquals(commit.capacity(), envelope.get("length"));
        assertEquals(JournalFormat.VERSION, envelope.get("formatVersion"));
        assertEquals(0, envelope.get("flags") + envelope.get("reserved"));
        assertEquals(1, envelope.get("epoch"));
        long sequence = envelope.get("firstSequence");
        int offset = JournalFormat.COMMIT_HEADER_LENGTH;
        for (long i = 0; i < envelope.get("commandCount"); i++) {
            final Map<String, Long> command = fields(COMMAND, commit, offset);
            final long timestampNs = envelope.get("baseTimestampNs") + command.get("timestampDeltaNs");
            lines.add(describe(command, sequence, timestampNs, commit, offset));
            int eventOffset = offset + JournalFormat.COMMAND_HEADER_LENGTH;
            for (long j = 0; j < command.get("eventCount"); j++) {
                final Map<String, Long> event = fields(EVENT, commit, eventOffset);
                lines.add(describe(event, sequence++, timestampNs, payload(event, commit, eventOffset)));
                eventOffset += JournalFormat.align(event.get("length").intValue());
            }
            offset += command.get("length").intValue();
        }
        assertEquals(commit.capacity(), offset);
        assertEquals(envelope.get("firstSequence") + envelope.get("eventCount"), sequence);
        lines.add("end " + (sequence - 1));
    }

    private static String describe(
            final Map<String, Long> command,
            final long first,
            final long timestampNs,
            final DirectBuffer commit,
            final int offset) {
        final int resultLength = command.get("resultLength").intValue();
        final int resultOffset = offset + command.get("length").intValue() - JournalFormat.align(resultLength);
        return "command " + command.get("clientId") + '.' + command.get("requestId") + ' '
                + (command.get("status") == 0 ? "accepted" : "rejected") + ' ' + command.get("code") + ' '
                + Durability.ofCode(command.get("durability").intValue()) + " first=" + first + " events="
                + command.get("eventCount") + " at=" + timestampNs + ' '
                + commit.getStringWithoutLengthUtf8(resultOffset, resultLength);
    }

    private static String describe(
            final Map<String, Long> event, final long sequence, final long timestampNs, final String payload) {
        return "event " + sequence + " type=" + event.get("typeId") + '.' + event.get("schemaVersion") + " stream="
                + event.get("streamId") + '.' + event.get("streamVersion") + " previous="
                + event.get("previousSequence") + " at=" + timestampNs + ' ' + payload;
    }

    private static String payload(final Map<String, Long> event, final DirectBuffer commit, final int offset) {
        return commit.getStringWithoutLengthUtf8(
                offset + JournalFormat.EVENT_HEADER_LENGTH,
                event.get("length").intValue() - JournalFormat.EVENT_HEADER_LENGTH);
    }

    private Map<String, Long> fields(final int message, final DirectBuffer buffer, final int offset) {
        final List<Token> tokens = schema.getMessage(message);
        final Map<String, Long> values = new LinkedHashMap<>();
        OtfMessageDecoder.decode(buffer, offset, 1, tokens.get(0).encodedLength(), tokens, new AbstractTokenListener() {
            @Override
            public void onEncoding(
                    final Token field,
                    final DirectBuffer source,
                    final int index,
                    final Token type,
                    final int actingVersion) {
                values.put(field.name(), Types.getLong(source, index, type.encoding()));
            }

            @Override
            public void onEnum(
                    final Token field,
                    final DirectBuffer source,
                    final int index,
                    final List<Token> all,
                    final int begin,
                    final int end,
                    final int actingVersion) {
                values.put(
                        field.name(),
                        Types.getLong(source, index, all.get(begin + 1).encoding()));
            }
        });
        return values;
    }

    @Test
    void shouldHaveEveryOffsetAndLengthOfTheFormat() throws IllegalAccessException {
        compareOffsets(
                COMMIT,
                "COMMIT_",
                JournalFormat.COMMIT_HEADER_LENGTH,
                Map.of("crc", "crc32c", "version", "formatVersion", "baseTimestamp", "baseTimestampNs"));
        compareOffsets(
                COMMAND, "COMMAND_", JournalFormat.COMMAND_HEADER_LENGTH, Map.of("timestampDelta", "timestampDeltaNs"));
        compareOffsets(EVENT, "EVENT_", JournalFormat.EVENT_HEADER_LENGTH, Map.of());
    }

    private void compareOffsets(
            final int message, final String prefix, final int length, final Map<String, String> renamed)
            throws IllegalAccessException {
        final Map<String, Integer> described = new LinkedHashMap<>();
        for (final Token token : schema.getMessage(message)) {
            if (token.signal() == Signal.BEGIN_FIELD) {
                described.put(token.name(), token.offset());
            }
        }
        final Map<String, Integer> constants = new LinkedHashMap<>();
        for (final Field field : JournalFormat.class.getFields()) {
            final String name = field.getName();
            if (name.startsWith(prefix) && name.endsWith("_OFFSET") && !name.equals("COMMIT_CHECKED_OFFSET")) {
                final String camel = camelCase(name.substring(prefix.length(), name.length() - "_OFFSET".length()));
                constants.put(renamed.getOrDefault(camel, camel), field.getInt(null));
            }
        }
        assertEquals(constants, described);
        assertEquals(length, schema.getMessage(message).get(0).encodedLength());
    }

    private static String camelCase(final String constant) {
        final StringBuilder name = new StringBuilder();
        for (final String word : constant.toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
