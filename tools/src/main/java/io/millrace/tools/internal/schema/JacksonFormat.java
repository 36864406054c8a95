package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;

/** Formats that Jackson reads without knowing the class that was written. */
final class JacksonFormat implements PayloadFormat {
    /** JSON in UTF-8. */
    static final PayloadFormat JSON = new JacksonFormat(new JsonMapper());

    /** CBOR (RFC 8949), as the typed API writes it. */
    static final PayloadFormat CBOR = new JacksonFormat(new CBORMapper());

    /**
     * CBOR if it certainly is: a map with at least one entry that fills the payload. Other bytes may be such a map by
     * chance, but hardly ever are.
     */
    static final PayloadFormat CBOR_IF_CERTAIN = payload -> {
        final JsonNode node = (payload[0] & 0xE0) == 0xA0 ? CBOR.decode(payload) : null;
        return node != null && node.isObject() && !node.isEmpty() ? node : null;
    };

    private final ObjectReader reader;

    private JacksonFormat(final ObjectMapper mapper) {
        reader = mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    @Override
    public JsonNode decode(final byte[] payload) {
        try (JsonParser parser = reader.createParser(payload)) {
            if (parser.nextToken() == null) {
                return null;
            }
            final JsonNode node = reader.readTree(parser);
            final JsonToken behind = parser.nextToken();
            return behind == null ? node : null;
        } catch (final IOException | IllegalArgumentException | ArithmeticException e) {
            return null; // other bytes than these
        }
    }
}
