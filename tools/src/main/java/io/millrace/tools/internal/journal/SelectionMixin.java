package io.millrace.tools.internal.journal;

import io.millrace.tools.internal.schema.Schema;
import io.millrace.tools.internal.schema.SchemaFile;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What to show of a journal, and how. */
final class SelectionMixin {
    private static final int MAX_TYPE_ID = 0xFFFF;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--from", paramLabel = "N", defaultValue = "1", description = "First sequence. Default: 1.")
    private long from;

    @Option(names = "--to", paramLabel = "N", description = "Last sequence. Default: the last that is there.")
    private Long to;

    @Option(
            names = "--stream",
            paramLabel = "N",
            split = ",",
            description = "Only events of these streams, and commands with such events.")
    private List<Long> streams = List.of();

    @Option(
            names = "--type",
            paramLabel = "N|NAME",
            split = ",",
            description = "Only events of these types, and commands with such events. Names as in the schema.")
    private List<String> types = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many lines. Default: all.")
    private Long limit;

    @Option(
            names = "--schema",
            paramLabel = "NAME|FILE",
            description = {
                "Names of types and codes, and how payloads are read: one of the examples (ledger, wiki, entities), one"
                        + " format for all (cbor, json, utf8, hex), or a file as below. Default: CBOR objects, as the"
                        + " typed API writes them, are recognized, and all else is hex; so is what does not fit the schema."
            })
    private String schemaName;

    /** What a schema file looks like, for the end of the help. */
    static final String SCHEMA_HELP = "%nA schema file, all numbers little-endian:%n"
            + "  {\"events\": {\"1\": {\"name\": \"Opened\", \"format\": \"cbor\"},%n"
            + "              \"2\": {\"name\": \"Moved\", \"length\": 24, \"fields\": [%n"
            + "                    {\"name\": \"amount\", \"type\": \"u64\", \"offset\": 8},%n"
            + "                    {\"name\": \"note\", \"type\": \"text16\"}]},%n"
            + "              \"2.7\": {\"name\": \"Moved\", \"format\": \"json\"}},%n"
            + "   \"codes\": {\"1\": \"TOO_POOR\"}, \"format\": \"hex\"}%n"
            + "Keys are type ids, or type.version. Formats: cbor, json, utf8, hex; the last one is for types that%n"
            + "are not named. Types of fields: u8 to u128, i8 to i64, f32, f64, bool, text16 and text32 (length,%n"
            + "then UTF-8), utf8 and hex (up to the end). Without an offset, a field begins where the one before%n"
            + "ends. Without a length, the fields must fill the payload.%n";

    Schema schema() {
        return SchemaFile.schema(schemaName);
    }

    Selection selection(final Schema schema) {
        check(from >= 1, "--from must be at least 1: " + from);
        check(to == null || to >= from, "--to must be at least --from: " + to);
        check(limit == null || limit >= 1, "--limit must be at least 1: " + limit);
        final Set<Long> streamIds = streams.isEmpty() ? null : new TreeSet<>(streams);
        return new Selection(
                from,
                to == null ? Long.MAX_VALUE : to,
                streamIds,
                types.isEmpty() ? null : typeIds(schema),
                limit == null ? Long.MAX_VALUE : limit);
    }

    private BitSet typeIds(final Schema schema) {
        final BitSet ids = new BitSet();
        for (final String type : types) {
            final int id = type.matches("\\d{1,9}") ? Integer.parseInt(type) : schema.typeId(type);
            check(
                    id >= 1 && id <= MAX_TYPE_ID,
                    "--type must be 1 to " + MAX_TYPE_ID + ", or the name of a type in the --schema: " + type);
            ids.set(id);
        }
        return ids;
    }

    private void check(final boolean met, final String message) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
