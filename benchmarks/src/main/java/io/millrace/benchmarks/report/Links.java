package io.millrace.benchmarks.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Addresses on the pages, relative to the folder they are in. */
final class Links {
    private Links() {}

    /** The result file itself and, where there is one, the page of the same name that somebody wrote about it. */
    static Map<String, String> of(final Path resultFile, final Path out) {
        final Map<String, String> links = new LinkedHashMap<>();
        final String name = resultFile.getFileName().toString();
        final Path page = resultFile.resolveSibling(name.replaceFirst("\\.json$", ".md"));
        put(links, resultFile, out);
        if (Files.isRegularFile(page)) {
            put(links, page, out);
        }
        return links;
    }

    /** The parentheses are for Markdown, where they would end the address. */
    static String encoded(final String path) {
        try {
            return new URI(null, null, path, null)
                    .toASCIIString()
                    .replace("(", "%28")
                    .replace(")", "%29")
                    .replace("#", "%23")
                    .replace("?", "%3F");
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException("needs a path: path=" + path, e);
        }
    }

    private static void put(final Map<String, String> links, final Path file, final Path out) {
        final String relative = out.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString();
        // The first part of a relative address must not look like a scheme.
        links.put(file.getFileName().toString(), encoded("./" + relative));
    }
}
