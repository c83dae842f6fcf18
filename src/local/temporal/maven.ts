import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, StartError } from '../start-error';
import { runTool, SOURCE_LIMIT_MS, type ToolContext, which } from './tools';

/** The Java test server that works with this SDK: updates, user metadata, time skipping. */
export const TEST_SERVER_VERSION = '1.31.0';
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const MIN_JAVA = 17;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>temporal-test-server-copy</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${TEST_SERVER_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

// The SDK calls it as `<path> <port> --enable-time-skipping`. Serial collector and first-tier
// compiler only: a process that lives for one test file gains nothing from the others.
const WRAPPER = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd) || exit 1
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m \\
  -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

/**
 * Copies the Java test server and what it depends on (33 MB) into `directory` and writes the
 * executable `file` that runs it.
 */
export async function copyTestServer(
  context: ToolContext,
  directory: string,
  file: string,
): Promise<void> {
  const mvn = which(context, 'mvn');
  const missing = [
    ...((await javaVersion(context)) >= MIN_JAVA ? [] : [`no Java ${MIN_JAVA} or later`]),
    ...(mvn === undefined ? ['no Maven'] : []),
  ];
  if (mvn === undefined || missing.length > 0) throw new StartError(missing.join(' and '));
  context.tell(`getting the time-skipping test server ${TEST_SERVER_VERSION} with Maven`);
  await writeFile(join(directory, 'pom.xml'), POM);
  await runTool(context, {
    command: mvn,
    args: [
      '--batch-mode',
      '--quiet',
      `${DEPENDENCY_PLUGIN}:copy-dependencies`,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(directory, 'lib')}`,
    ],
    cwd: directory,
  });
  await writeFile(join(directory, file), WRAPPER);
  await chmod(join(directory, file), 0o755);
}

/** The major version of the Java the wrapper will run; 0 when there is none. */
async function javaVersion(context: ToolContext): Promise<number> {
  const home = context.env['JAVA_HOME'];
  const java = home ? join(home, 'bin', 'java') : which(context, 'java');
  if (java === undefined) return 0;
  try {
    const output = await runTool(context, {
      command: java,
      args: ['-version'],
      limitMs: SOURCE_LIMIT_MS,
    });
    return Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
  } catch (error) {
    context.tell(`${java} is of no use: ${messageOf(error)}`);
    return 0;
  }
}
