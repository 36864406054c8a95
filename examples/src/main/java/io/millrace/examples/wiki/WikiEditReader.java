package io.millrace.examples.wiki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads edits from a gzip file with one JSON object per line, in order, skipping none. Fields that the example has no use
 * for (where an anonymous editor was) are passed over; all others must be there. For one thread.
 */
public final class WikiEditReader implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();

    private final BufferedReader lines;
    private final EditParser parser = new EditParser();
    private long line;

    /**
     * Opens a file.
     *
     * @param file to read
     * @throws IOException if it cannot be read, or is no gzip file
     */
    public WikiEditReader(final Path file) throws IOException {
        final InputStream in = Files.newInputStream(file);
        try {
            lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(in, 1 << 16), StandardCharsets.UTF_8.newDecoder()));
        } catch (final IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Reads the next edit.
     *
     * @return the edit, null at the end of the file
     * @throws MalformedEditException if the line is no edit; the next call goes on behind it
     * @throws IOException if the file cannot be read
     */
    public WikiEdit next() throws IOException {
        line++;
        final String text;
        try {
            text = lines.readLine();
        } catch (final CharacterCodingException e) {
            throw new MalformedEditException(line, "file must be UTF-8: near this line it is not", e);
        }
        return text == null ? null : parse(text);
    }

    /**
     * Which line was read last.
     *
     * @return its number, from 1
     */
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private WikiEdit parse(final String text) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            final WikiEdit edit = parser.parse(json);
            final JsonToken behind = json.nextToken();
            if (behind != null) {
                throw new IllegalArgumentException("line must hold one object: found " + behind + " behind it");
            }
            return edit;
        } catch (final JsonProcessingException e) {
            throw new MalformedEditException(line, e.getOriginalMessage(), e);
        } catch (final IllegalArgumentException e) {
            throw new MalformedEditException(line, e.getMessage(), e);
        }
    }
}
