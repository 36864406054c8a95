package io.millrace.tools.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** How the bytes of a payload become JSON. */
@FunctionalInterface
interface PayloadFormat {
    /** Leaves every payload to be shown as hex. */
    PayloadFormat HEX = payload -> null;

    /** The payload as JSON; null when it is not of this format, to the last byte. Throws nothing. */
    JsonNode decode(byte[] payload);
}
