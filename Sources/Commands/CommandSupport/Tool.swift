// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import CLAPACKE
import Foundation

/// A program whose commands these are: what it does around the one that is called.
package protocol Tool: AsyncParsableCommand {}

extension Tool {
  /// The release.
  package static var release: String { "0.2.0" }

  /// Runs the command of the process's arguments, and ends the process with its exit status.
  package static func runProcess() async {
    signal(SIGPIPE, SIG_IGN)
    Interruption.install()
    // Commands have threads of their own: those of OpenBLAS would wait for work at full speed, and rounding depend on them.
    openblas_set_num_threads(1)
    let status = await status(of: Array(CommandLine.arguments.dropFirst()))
    Interruption.endProcess { Foundation.exit(status) }
  }

  /// Runs one command line.
  ///
  /// - Returns: the exit status; what went wrong is on standard error, in one line.
  private static func status(of typed: [String]) async -> Int32 {
    var line: PreparedLine?
    do {
      try StandardOutput.requireOpen()
      line = try PreparedLine(typed, of: Self.self)
      try await run(line)
      line?.printNotes()
      return 0
    } catch let code as ExitCode {
      line?.printNotes()
      return code.rawValue
    } catch {
      StandardError.write(errorLine(line?.asTyped("\(error)") ?? "\(error)"))
      if let excerpt = (error as? UserError)?.excerpt { StandardError.write(excerpt + "\n") }
      return 2
    }
  }

  private static func run(_ line: PreparedLine?) async throws {
    guard let line else { return }
    do {
      var command = try parseAsRoot(line.arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error where isRequestForHelp(error) {
      try StandardOutput.write(fullMessage(for: error) + "\n")
    } catch let error where !(error is ExitCode) && !(error is UserError) {
      throw UserError(line.explanation(of: message(for: error).replacing("\n", with: " ")))
    }
  }

  /// Help and the version arrive as errors whose exit code says success.
  private static func isRequestForHelp(_ error: any Error) -> Bool {
    !(error is ExitCode) && !(error is UserError) && exitCode(for: error) == .success
  }
}
