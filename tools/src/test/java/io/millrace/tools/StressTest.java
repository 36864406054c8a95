package io.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StressTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"fused, journaled, 200000", "pipelined, journaled, 200000", "fused, synced, 20000"})
    void shouldAnswerEveryCommandOnceAndInOrder(final String layout, final String durability, final int commands) {
        final Run run = stress("--commands", commands, "--ring", 64, "--layout", layout, "--durability", durability);

        final JsonNode json = run.succeeded().json();
        assertEquals(commands, json.get("commands").asInt());
        assertEquals(commands, json.get("recovered_events").asInt());
        assertTrue(json.get("back_pressured").asLong() > 0, run::toString);
        assertTrue(json.get("state_identical").asBoolean());
    }

    @Test
    void shouldRecoverEveryAcknowledgedCommandWhenKilled() {
        final Run run = stress("--commands", 200_000, "--kills", 2).succeeded();

        final JsonNode json = run.json();
        assertEquals(2, json.get("kills").asInt());
        assertTrue(
                json.get("recovered_after_kills").asLong()
                        >= json.get("acknowledged_before_kills").asLong(),
                run::toString);
        assertTrue(json.get("recovered_events").asLong() >= 200_000, run::toString);
    }

    @Test
    void shouldRefuseADirectoryOfAnEarlierRun() {
        stress("--commands", 10).succeeded();
        final Run again = stress("--commands", 10);

        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("must hold no earlier run"), again::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--producers=0", "--commands=0", "--kills=-1", "--ring=7", "--stall-seconds=0"})
    void shouldRefuseAWrongCommandLine(final String argument) {
        assertEquals(2, Run.millrace("stress", argument).exitCode());
    }

    private Run stress(final Object... arguments) {
        final Object[] all = new Object[arguments.length + 4];
        all[0] = "stress";
        all[1] = "--dir";
        all[2] = folder.resolve("stress");
        all[3] = "--json";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return Run.millrace(all);
    }
}
