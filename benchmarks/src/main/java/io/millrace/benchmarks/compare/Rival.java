package io.millrace.benchmarks.compare;

import io.millrace.contest.Contender.Durability;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A contender in its own process, as {@link ContenderProcess} serves it. For one thread. */
final class Rival implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_S = 10;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final long timeoutS;
    private final Map<String, String> description = new LinkedHashMap<>();

    /**
     * Starts it.
     *
     * @param command line of the process
     * @param errors where its standard error goes
     * @param timeoutS after which a question without an answer ends the process
     */
    Rival(final List<String> command, final Path errors, final long timeoutS) throws IOException {
        this.timeoutS = timeoutS;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        try {
            describe();
        } catch (final IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void describe() throws IOException {
        ask("describe");
        String line = readLine();
        while (!line.equals(ContenderProcess.END)) {
            final int split = line.indexOf('=');
            description.put(line.substring(0, split), line.substring(split + 1));
            line = readLine();
        }
    }

    String key() {
        return description.get("key");
    }

    String title() {
        return description.get("title");
    }

    Durability durability() {
        return Durability.valueOf(description.get("durability"));
    }

    boolean replays() {
        return Boolean.parseBoolean(description.get("replays"));
    }

    Map<String, String> settings() {
        final String prefix = "setting.";
        final Map<String, String> settings = new LinkedHashMap<>();
        description.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                settings.put(name.substring(prefix.length()), value);
            }
        });
        return settings;
    }

    /** What a run took. */
    record Run(Usage usage, long events, long residentBytes) {
        double eventsPerSecond() {
            return 1e9 * events / usage.elapsedNs();
        }
    }

    /** The answer was checked by the process. */
    Run live(final Work work, final Path directory) throws IOException {
        return run("live", work, directory);
    }

    Run replay(final Work work, final Path directory) throws IOException {
        return run("replay", work, directory);
    }

    private Run run(final String what, final Work work, final Path directory) throws IOException {
        ask(String.join(
                " ",
                what,
                Integer.toString(work.accounts()),
                Long.toString(work.commands()),
                Long.toString(work.seed()),
                directory.toString()));
        final String line = readLine();
        final String[] words = line.split(" ");
        if (!words[0].equals(ContenderProcess.RESULT)) {
            throw new IOException(title() + " must do its work: " + line);
        }
        final Usage usage = new Usage(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
        return new Run(usage, Long.parseLong(words[4]), Long.parseLong(words[5]));
    }

    private void ask(final String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
    }

    /** A process that does not answer in time is ended, which ends the reading. */
    private String readLine() throws IOException {
        final Thread watch = new Thread(this::endAfterTimeout, "rival-timeout");
        watch.setDaemon(true);
        watch.start();
        try {
            final String line = answers.readLine();
            if (line == null) {
                throw new IOException("contender must answer within " + timeoutS + " s and not end: " + description);
            }
            return line;
        } finally {
            watch.interrupt();
        }
    }

    private void endAfterTimeout() {
        try {
            if (!process.waitFor(timeoutS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            // It has answered.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            questions.close();
            if (!process.waitFor(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
