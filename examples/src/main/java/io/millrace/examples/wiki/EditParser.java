package io.millrace.examples.wiki;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.TreeSet;

/** Turns one JSON object into an edit. */
final class EditParser {
    private static final Set<String> REQUIRED = Set.of(
            "time",
            "added",
            "deleted",
            "delta",
            "channel",
            "page",
            "user",
            "namespace",
            "comment",
            "isRobot",
            "isMinor",
            "isNew",
            "isAnonymous",
            "isUnpatrolled");

    private final Set<String> missing = new TreeSet<>();
    private long timeMs;
    private int added;
    private int deleted;
    private int delta;
    private int flags;
    private String channel;
    private String page;
    private String user;
    private String namespace;
    private String comment;

    /** Reads an object. Throws {@link IllegalArgumentException} if it is no edit. */
    WikiEdit parse(final JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "line", "an object", json);
        missing.clear();
        missing.addAll(REQUIRED);
        flags = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String name = json.currentName();
            json.nextToken();
            readField(name, json);
            if (REQUIRED.contains(name) && !missing.remove(name)) {
                throw new IllegalArgumentException("field must be there once: " + name);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("fields must be there: missing=" + missing);
        }
        return new WikiEdit(timeMs, added, deleted, delta, flags, channel, page, user, namespace, comment);
    }

    private void readField(final String name, final JsonParser json) throws IOException {
        switch (name) {
            case "time" -> timeMs = time(json);
            case "added" -> added = integer(name, json);
            case "deleted" -> deleted = integer(name, json);
            case "delta" -> delta = integer(name, json);
            case "channel" -> channel = string(name, json);
            case "page" -> page = string(name, json);
            case "user" -> user = string(name, json);
            case "namespace" -> namespace = string(name, json);
            case "comment" -> comment = string(name, json);
            default -> readFlag(name, json);
        }
    }

    private void readFlag(final String name, final JsonParser json) throws IOException {
        for (final EditFlag flag : EditFlag.values()) {
            if (flag.jsonName().equals(name)) {
                require(json.currentToken().isBoolean(), name, "true or false", json);
                flags |= json.getBooleanValue() ? flag.mask() : 0;
                return;
            }
        }
        json.skipChildren();
    }

    private static long time(final JsonParser json) throws IOException {
        final String text = string("time", json);
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (final DateTimeParseException e) {
            throw new IllegalArgumentException("time must be an ISO-8601 instant: " + text, e);
        }
    }

    private static int integer(final String name, final JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, name, "an integer", json);
        return json.getIntValue();
    }

    private static String string(final String name, final JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_STRING, name, "a string", json);
        return json.getText();
    }

    private static void require(final boolean met, final String name, final String what, final JsonParser json)
            throws IOException {
        if (!met) {
            throw new IllegalArgumentException(name + " must be " + what + ": " + json.getText());
        }
    }
}
