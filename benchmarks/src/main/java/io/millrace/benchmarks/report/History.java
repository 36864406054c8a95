package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What git knows of a result file. Only reads. Without git, without a repository or without a commit of the file there is
 * nothing to find, which is no failure.
 */
final class History {
    private static final long TIMEOUT_SECONDS = 20;
    private final Path folder;

    History(final Path folder) {
        this.folder = folder;
    }

    /** A file as a commit has it. */
    record Earlier(String commit, String text) {}

    /** The committed version before the given one: the last when the working copy differs from it, else the one before. */
    Optional<Earlier> before(final String file, final String now) {
        for (final String commit : commits(file)) {
            final Optional<String> text = git("show", commit + ":./" + file);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            if (!text.get().equals(now)) {
                return Optional.of(new Earlier(commit, text.get()));
            }
        }
        return Optional.empty();
    }

    private List<String> commits(final String file) {
        return git("log", "-2", "--format=%h", "--", file)
                .map(lines -> lines.lines().toList())
                .orElse(List.of());
    }

    private Optional<String> git(final String... arguments) {
        final ProcessBuilder builder =
                new ProcessBuilder("git").directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(List.of(arguments));
        // A report shall not take the index's lock from somebody at work.
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            final Process git = builder.start();
            final String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return git.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
