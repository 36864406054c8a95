package io.millrace.benchmarks.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads a result file, of whichever of the three forms: ours, an older one of ours, or JMH's. */
final class ResultReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ResultReader() {}

    static ResultFile read(final String file, final String json) throws BadResultException {
        final JsonNode root = parse(json);
        if (root.isArray()) {
            return JmhResult.read(file, root);
        }
        if (!root.isObject()) {
            throw new BadResultException("needs an object, or JMH's array");
        }
        return root.has("kind") ? KindResult.read(file, root) : OlderResult.read(file, root);
    }

    private static JsonNode parse(final String json) throws BadResultException {
        try {
            return JSON.readTree(json);
        } catch (final JsonProcessingException e) {
            final String where = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            throw new BadResultException(where + e.getOriginalMessage());
        }
    }
}
