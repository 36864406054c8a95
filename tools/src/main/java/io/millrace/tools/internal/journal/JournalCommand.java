package io.millrace.tools.internal.journal;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalInspector;
import io.millrace.journal.JournalState;
import io.millrace.journal.JvmFlags;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the journal tools have in common: the directory, the exit codes, and what to do when there is nothing to read. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything that was asked for was read, and is as it was written",
            "1:the journal is damaged, so that an opening refuses it, or there is none, or it cannot be read",
            "2:the command line is wrong",
            "3:its tail is torn: an opening would cut it by itself",
        })
abstract class JournalCommand implements Callable<Integer> {
    static final int OK = 0;
    static final int DAMAGED = 1;
    static final int TORN = 3;

    private static final int MIB_SHIFT = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    /** Does it, and returns the exit code. Failures of the journal may pass through. */
    abstract int run();

    @Override
    public final Integer call() {
        JvmFlags.require();
        try {
            requireDirectory();
            return run();
        } catch (final JournalException e) {
            throw explained(e);
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final Path directory() {
        return directory;
    }

    final boolean json() {
        return json;
    }

    final void check(final boolean met, final String message) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** A file that is to be written must not be taken for a part of the journal, nor replace anything. */
    final void checkOutput(final Path file) {
        if (file == null) {
            return;
        }
        check(!Files.exists(file), "--out must name a new file: " + file);
        final Path folder = file.toAbsolutePath().normalize().getParent();
        check(folder != null && Files.isDirectory(folder), "--out must lie in a directory that exists: " + file);
        try {
            check(
                    !folder.toRealPath().startsWith(directory.toRealPath()),
                    "--out must not lie in the journal, which may hold nothing else: " + file);
        } catch (final IOException e) {
            throw new ToolException("--out must be usable: " + file + ": " + e, e);
        }
    }

    /** Has a bar on standard error follow a pass. */
    static JournalInspector.ProgressListener listener(final Progress progress) {
        return (bytesDone, bytesTotal) -> progress.to(bytesDone >> MIB_SHIFT, bytesTotal >> MIB_SHIFT);
    }

    static Progress progress(final String task) {
        return new Progress(task, "MiB", -1);
    }

    final JournalInspector inspector(final Progress progress) {
        return JournalInspector.at(directory).progress(listener(progress));
    }

    /** For what prints its lines to a terminal: a bar between them would help nobody. */
    final JournalInspector inspectorBesideOutput(final Progress progress) {
        return Progress.standardOutputIsTerminal() ? JournalInspector.at(directory) : inspector(progress);
    }

    static int exitCode(final JournalState.Verdict verdict) {
        return switch (verdict) {
            case OK -> OK;
            case TORN -> TORN;
            case DAMAGED -> DAMAGED;
        };
    }

    /** For tools that print what they can: says on standard error why they ended where they did. */
    final int endOfReading(final JournalState state) {
        if (state.damage() != null) {
            err().println("millrace: the journal can be read up to sequence " + state.lastSequence() + ": "
                    + StateReport.place(state.damage()) + "; see 'millrace journal verify " + directory + "'");
            err().flush();
        }
        return exitCode(state.verdict());
    }

    private void requireDirectory() {
        if (!Files.exists(directory)) {
            throw new ToolException("no such directory, or no right to see it: " + directory
                    + "; give the directory that the engine or the journal was opened with");
        }
        if (!Files.isDirectory(directory)) {
            throw new ToolException(
                    "journal must be a directory: " + directory + "; give the directory that the file lies in");
        }
    }

    private ToolException explained(final JournalException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return new ToolException(
                        "no right to read " + denied.getFile() + "; run as the journal's owner, " + owner(), e);
            }
        }
        if (e instanceof JournalCorruptException) {
            return new ToolException(
                    e.getMessage() + "; 'millrace journal repair " + directory + "' says what can be done", e);
        }
        if (!Files.exists(directory.resolve("manifest"))) {
            return new ToolException(
                    e.getMessage() + "; give the directory of a journal, or look with 'millrace journal repair "
                            + directory + "' whether a lost manifest can be made anew",
                    e);
        }
        return new ToolException(e.getMessage(), e);
    }

    private String owner() {
        try {
            return Files.getOwner(directory).getName();
        } catch (final IOException e) {
            return "which is not known";
        }
    }
}
