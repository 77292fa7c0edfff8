// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import CommandSupport
import VerdictCommands

/// The part of the tool that `make verify` builds first: it needs half of the rooms.
@main
struct Verdicts: Tool {
  static let configuration = CommandConfiguration(
    commandName: "verdicts", abstract: "'cch explain' and 'cch verify' alone, which are built in half the time.",
    version: "verdicts \(release)", subcommands: [ExplainCommand.self, VerifyCommand.self])

  static func main() async { await runProcess() }
}
