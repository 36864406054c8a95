package io.millrace.tools.internal.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object on one line, its fields in the order in which they were put. */
public final class JsonLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** An empty object. */
    public JsonLine() {}

    /** Puts a field: a number, a boolean, a string, null, or a list or map of those. */
    public JsonLine put(final String name, final Object value) {
        fields.put(name, value);
        return this;
    }

    /** The fields, to be put into another one. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** Prints the line. */
    public void print(final PrintWriter out) {
        out.println(this);
        out.flush();
    }

    @Override
    public String toString() {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("fields must be values: " + fields, e);
        }
    }
}
