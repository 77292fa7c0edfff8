// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import CLAPACKE
import ExactJSON
import Foundation
import PlainText

/// The command-line tool: it parses, calls the libraries and prints.
@main
struct CCH: AsyncParsableCommand {
  /// The release.
  static let version = "0.2.0"

  static let configuration = CommandConfiguration(
    commandName: "cch",
    abstract: "Decides, exactly, whether distilling from a teacher modality helps a student.",
    discussion: """
      In a joint Gaussian model every quantity of the Cross-modal Complementarity Hypothesis (arXiv 2510.13182) is a \
      rational number or half the logarithm of one. Exit status: 0 as expected, 1 something false was found, 2 bad \
      usage or input, 130 interrupted.
      """,
    version: "cch \(version)",
    subcommands: [
      ClaimsCommand.self, VerifyCommand.self, HuntCommand.self, ReplayCommand.self, ExplainCommand.self,
      CheckCommand.self, ExportCommand.self, TasksCommand.self, ValidateCommand.self, ConformCommand.self,
      OracleCommand.self,
      VectorsCommand.self, StudentCommand.self, AdviseCommand.self, EstimateCommand.self, ExperimentCommand.self,
      CampaignCommand.self, ReportCommand.self,
    ])

  static func main() async {
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
      line = try PreparedLine(typed)
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

/// The line of an error: at most 500 bytes, and none of them a control character.
func errorLine(_ message: String) -> String { "error: \(printableText(message, limit: 492))\n" }

/// What is wrong with the usage or the input: the file or option, the rule that it breaks, what to do.
///
/// Exit status 2.
struct UserError: Error, CustomStringConvertible {
  let description: String
  /// Lines that show the place in a text, below the line of the error.
  private(set) var excerpt: String?

  init(_ description: String) { self.description = description }

  /// What is wrong with a text, and where in it.
  init(_ description: String, excerpt: String?) { (self.description, self.excerpt) = (description, excerpt) }

  init(file: String, _ error: any Error) { self.init(file: file, "\(error)") }

  init(file: String, _ message: String) {
    self.init("\(file == "-" ? "standard input" : shortened(printableText(file), atMost: 200)): \(message)")
  }
}
