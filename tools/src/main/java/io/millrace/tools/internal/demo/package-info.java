/** {@code millrace demo}: runs a domain through the engine, recovers it, and proves that nothing changed. */
package io.millrace.tools.internal.demo;
