package io.millrace.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Assertions;
import picocli.CommandLine;

/**
 * The command, executed in this process.
 *
 * @param exitCode that the process would end with
 * @param out what it printed
 * @param err what it complained about
 */
record Run(int exitCode, String out, String err) {
    static Run millrace(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine commandLine = Millrace.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        final String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        return new Run(commandLine.execute(texts), out.toString(), err.toString());
    }

    /** Asserts that it went well. */
    Run succeeded() {
        Assertions.assertEquals(0, exitCode, this::toString);
        return this;
    }

    /** The last line. */
    JsonNode json() {
        final String[] lines = out.split("\\R");
        try {
            return new ObjectMapper().readTree(lines[lines.length - 1]);
        } catch (final JsonProcessingException e) {
            throw new AssertionError("last line must be JSON: " + this, e);
        }
    }
}
