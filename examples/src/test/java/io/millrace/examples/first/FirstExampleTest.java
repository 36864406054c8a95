package io.millrace.examples.first;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.MissingJvmFlagsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that a newcomer runs, and its copy in the README. */
class FirstExampleTest {
    private static final String SOURCE = "examples/src/main/java/io/millrace/examples/first/FirstExample.java";
    private static final int MAX_LINES = 40;

    @Test
    void shouldGoOnWhereTheFirstRunStoppedWhenRunAgain(@TempDir final Path directory) throws Exception {
        assertEquals("70 cents, ACCEPTED code=0 sequences=2..2 level=SYNCED", run(directory));
        assertEquals("140 cents, ACCEPTED code=0 sequences=4..4 level=SYNCED", run(directory));
    }

    @Test
    void shouldNameTheFlagsToAddWhenTheJvmLacksThem(@TempDir final Path directory) throws Exception {
        final ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FirstExample.class.getName(),
                directory.toString());
        java.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        final Process process = java.redirectErrorStream(true).start();
        final String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertNotEquals(0, process.waitFor(), printed);
        assertTrue(printed.contains(MissingJvmFlagsException.class.getName()), printed);
        assertTrue(printed.contains("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"), printed);
    }

    @Test
    void shouldBeShort() throws IOException {
        final List<String> lines = Files.readAllLines(repository().resolve(SOURCE));
        assertTrue(lines.size() <= MAX_LINES, "lines must be at most " + MAX_LINES + ": " + lines.size());
    }

    @Test
    void shouldStandInTheReadmeAsItIs() throws IOException {
        final String readme = Files.readString(repository().resolve("README.md"));
        final int start = readme.indexOf("<!-- example:start -->");
        final int end = readme.indexOf("<!-- example:end -->");
        assertTrue(start >= 0 && end > start, "README.md must have the markers example:start and example:end");
        assertEquals(
                "<!-- example:start -->\n```java\n"
                        + Files.readString(repository().resolve(SOURCE)) + "```\n",
                readme.substring(start, end),
                "the example in README.md must be " + SOURCE);
    }

    private static String run(final Path directory) throws Exception {
        final PrintStream console = System.out;
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            FirstExample.main(new String[] {directory.toString()});
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    /** Tests run in the module's folder or in the repository's. */
    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(SOURCE))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
