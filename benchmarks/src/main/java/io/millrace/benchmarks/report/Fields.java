package io.millrace.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The fields of a JSON object, with complaints that name the place in the file. */
record Fields(String path, JsonNode node) {

    static Fields of(final String path, final JsonNode node) throws BadResultException {
        if (!node.isObject()) {
            throw new BadResultException(path + " needs to be an object, is " + kindOf(node));
        }
        return new Fields(path, node);
    }

    /** The text of a field, empty without the field. */
    String text(final String name) throws BadResultException {
        final JsonNode value = node.path(name);
        if (absent(value)) {
            return "";
        }
        if (!value.isTextual()) {
            throw bad(name, "a string", value);
        }
        return value.textValue();
    }

    /** The text of a field that has to be there. */
    String requiredText(final String name) throws BadResultException {
        final String text = text(name);
        if (text.isBlank()) {
            throw bad(name, "a string", node.path(name));
        }
        return text;
    }

    boolean truth(final String name) throws BadResultException {
        final JsonNode value = node.path(name);
        if (!absent(value) && !value.isBoolean()) {
            throw bad(name, "true or false", value);
        }
        return value.asBoolean();
    }

    List<JsonNode> list(final String name) throws BadResultException {
        final JsonNode value = node.path(name);
        if (absent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            throw bad(name, "an array", value);
        }
        final List<JsonNode> list = new ArrayList<>();
        value.forEach(list::add);
        return list;
    }

    List<Fields> objects(final String name) throws BadResultException {
        final List<Fields> objects = new ArrayList<>();
        for (final JsonNode one : list(name)) {
            objects.add(of(place(name) + "[" + objects.size() + "]", one));
        }
        return objects;
    }

    List<String> texts(final String name) throws BadResultException {
        final List<String> texts = new ArrayList<>();
        for (final JsonNode one : list(name)) {
            if (!one.isTextual()) {
                throw bad(name + "[" + texts.size() + "]", "a string", one);
            }
            texts.add(one.textValue());
        }
        return texts;
    }

    /** Numbers, with null for null. */
    List<Double> numbers(final String name) throws BadResultException {
        final List<Double> numbers = new ArrayList<>();
        for (final JsonNode one : list(name)) {
            if (!one.isNumber() && !one.isNull()) {
                throw bad(name + "[" + numbers.size() + "]", "a number", one);
            }
            numbers.add(one.isNull() ? null : one.doubleValue());
        }
        return numbers;
    }

    BadResultException bad(final String name, final String needed, final JsonNode value) {
        return new BadResultException(place(name) + " needs to be " + needed + ", is " + kindOf(value));
    }

    private String place(final String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean absent(final JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String kindOf(final JsonNode value) {
        return value.isMissingNode()
                ? "missing"
                : switch (value.getNodeType()) {
                    case ARRAY -> "an array";
                    case OBJECT -> "an object";
                    case STRING -> "the string \"" + value.textValue() + "\"";
                    default -> value.toString();
                };
    }
}
