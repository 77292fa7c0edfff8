import ArgumentParser
import Foundation
import PlainText

/// The command-line tool: it parses, calls the libraries and prints.
@main
struct CCH: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cch",
    abstract: "Decides, exactly, whether distilling from a teacher modality helps a student.",
    discussion: """
      In a joint Gaussian model every quantity of the Cross-modal Complementarity Hypothesis (arXiv 2510.13182) is a \
      rational number or half the logarithm of one. Exit status: 0 as expected, 1 something false was found, 2 bad \
      usage or input, 130 interrupted.
      """,
    version: "cch 0.1.0",
    subcommands: [
      ClaimsCommand.self, VerifyCommand.self, HuntCommand.self, ReplayCommand.self, ExplainCommand.self,
      CheckCommand.self, ExportCommand.self, TasksCommand.self, ValidateCommand.self, ConformCommand.self,
      OracleCommand.self,
      VectorsCommand.self, StudentCommand.self, AdviseCommand.self, ExperimentCommand.self,
    ])

  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    Foundation.exit(await status(of: Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command line.
  ///
  /// - Returns: the exit status; what went wrong is on standard error, in one line.
  private static func status(of arguments: [String]) async -> Int32 {
    do {
      try StandardOutput.requireOpen()
      do {
        var command = try parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      } catch let error where isRequestForHelp(error) {
        try StandardOutput.write(fullMessage(for: error) + "\n")
      }
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let failure as UserError {
      StandardError.write("error: \(failure)\n")
      return 2
    } catch {
      StandardError.write("error: \(oneLine(message(for: error).replacing("\n", with: " "))); see 'cch help'\n")
      return 2
    }
  }

  /// Help and the version arrive as errors whose exit code says success.
  private static func isRequestForHelp(_ error: any Error) -> Bool {
    !(error is ExitCode) && !(error is UserError) && exitCode(for: error) == .success
  }
}

/// What is wrong with the usage or the input: the file or option, the rule that it breaks, what to do.
///
/// Exit status 2.
struct UserError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = oneLine(description) }

  init(file: String, _ error: any Error) { self.init(file: file, "\(error)") }

  init(file: String, _ message: String) {
    self.init("\(file == "-" ? "standard input" : shortened(printable(file), atMost: 200)): \(message)")
  }
}

extension ExitCode {
  /// Something false was found.
  static let falseFound = ExitCode(1)
  /// Interrupted by the user, after reporting what was found.
  static let interrupted = ExitCode(130)
}

/// A message of one line of at most 500 bytes, which a terminal shows as it is, whatever a file or an argument holds.
private func oneLine(_ text: String) -> String {
  let line = text.utf8.count > 4000 ? text.prefix(1000) + "…" + text.suffix(1000) : text
  return shortened(printable(line), atMost: 460)
}
