// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Estimation
import FileWriting
import Foundation
import LineProtocol

/// Options by which `cch validate` compares several estimators.
struct ComparisonOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A further estimator to compare: its name and a command line of the shell, after lines: or file: where its protocol is not that of --protocol; may be given again.",
      valueName: "name=cmd"))
  var add: [String] = []

  @Flag(help: "Compare, and print the table for LaTeX.")
  var latex = false

  @Option(
    help: ArgumentHelp(
      "Compare, and keep every answer in this file; what it holds already is not asked again.", valueName: "file"))
  var record: String?

  /// Whether any of them is given.
  var areGiven: Bool { !add.isEmpty || latex || record != nil }
}

extension ValidateCommand {
  /// Whether estimators are compared, and none is judged.
  var isComparison: Bool { comparison.areGiven || estimator.count > 1 }

  /// Checks the options of a comparison.
  func validateComparison() throws {
    if table.csv && comparison.latex || output.json && (table.csv || comparison.latex) {
      throw ValidationError("--csv, --latex and --json exclude each other")
    }
    for (option, isGiven) in [
      ("--junit", junit != nil), ("--strict", strict), ("--instance", !instance.isEmpty),
    ] where isGiven {
      throw ValidationError("\(option): estimators are compared here, and none is judged; leave it out")
    }
    guard (1...1000).contains(repeats) else {
      throw ValidationError("--repeats \(repeats): 1 to 1000 samples are possible")
    }
    var names = estimator
    for text in comparison.add {
      guard let added = AddedProgram(text, usual: programProtocol) else {
        throw ValidationError("--add \(text): a name and a command are needed, as --add mine='python3 mine.py'")
      }
      names.append(added.name)
    }
    if !command.isEmpty { names.append(name ?? "program") }
    guard !names.isEmpty else {
      throw ValidationError("nothing to compare; name estimators with --estimator or --add")
    }
    for (place, name) in names.enumerated() where names[..<place].contains(name) {
      throw ValidationError("\(name): two estimators have this name; give one another with --add NAME='CMD'")
    }
  }

  /// Compares estimators on the same samples.
  func compare() async throws {
    let seed = seed.choose()
    let (comparison, judged) = try chosenComparison(seed: seed)
    // However this ends, what was written for the programs goes.
    defer { for estimator in judged { estimator.end() } }
    let record = try opened(comparison)
    let (threads, page) = (threads.chosen, ComparisonPage(comparison))
    try await RunSession.with(output, unit: "estimates") { session in
      let run = comparison.run()
      session.follow(run)
      let pools: [String: RespondentPool]
      do throws(StartError) { pools = try comparison.pools { run.wasStopped } } catch {
        if run.wasStopped { throw ExitCode.interrupted }
        throw UserError("\(error)")
      }
      let commands = Dictionary(uniqueKeysWithValues: comparison.contestants.map { ($0.name, $0.command) })
      let answers = try await session.showing(run) {
        try await comparison.answers(run, threads: threads, pools, known: record?.known ?? [:]) { answer in
          guard answer.wasAsked, let file = record?.file else { return }
          let line = ComparisonRecord.line(answer, command: commands[answer.question.estimator] ?? nil)
          do { try file.append(line) } catch { throw UserError("--record \(error)") }
        }
      }
      for pool in pools.values { _ = pool.finish() }
      if run.wasStopped { throw ExitCode.interrupted }
      try pageOption.save(page.json(answers))
      let text =
        output.json
        ? output.text(page.json(answers))
        : table.csv
          ? page.csv(answers) : self.comparison.latex ? page.latex(answers) : page.text(answers)
      try StandardOutput.write(text)
      if self.comparison.latex { self.seed.note(seed, output) }
    }
  }

  /// The comparison that is asked for, and what must be ended after it.
  ///
  /// - Throws: ``UserError`` where there is nothing to compare on.
  func chosenComparison(seed: UInt64) throws -> (EstimatorComparison, [JudgedEstimator]) {
    let (judged, tasks) = (try contestants(), try comparedTasks())
    let comparison = EstimatorComparison(
      judged.map { contestant in
        .init(contestant.name, command: contestant.command, makeRespondent: contestant.estimator.makeRespondent)
      }, tasks: tasks, rows: rows, samples: repeats, seed: seed)
    return (comparison, judged.map(\.estimator))
  }

  private func contestants() throws -> [(name: String, command: String?, estimator: JudgedEstimator)] {
    var all = try estimator.map { (name: $0, command: String?.none, estimator: try JudgedEstimator(own: $0)) }
    for added in comparison.add.compactMap({ AddedProgram($0, usual: programProtocol) }) {
      let judged = try JudgedEstimator(
        added.words, called: added.name, added.programProtocol, timeLimit: timeLimit.duration,
        startLimit: startLimit.duration)
      all.append((added.name, added.command, judged))
    }
    if !command.isEmpty {
      let judged = try program(command)
      all.append((name ?? "program", command.joined(separator: " "), judged))
    }
    return all
  }

  private func comparedTasks() throws -> [EstimationTask] {
    let suited = (all || tasks != nil ? EstimationTask.all : EstimationTask.benchmark).filter { task in
      max(task.xDimension, task.yDimension) <= maxDimension ?? .max && (family.map(task.suits) ?? true)
        && (tasks.map(task.matches) ?? true)
    }
    guard !suited.isEmpty else {
      throw UserError("--tasks \(tasks ?? "*"): no task is left to compare on; 'cch tasks' lists the tasks")
    }
    return suited
  }

  private func opened(
    _ comparison: EstimatorComparison
  ) throws -> (file: RecordFile, known: [ComparedQuestion: ComparedAnswer])? {
    guard let path = self.comparison.record else { return nil }
    do {
      let file = try RecordFile(path)
      let record = try ComparisonRecord(file.lines.map { Array($0) }, rest: Array(file.rest), for: comparison)
      try file.dropIncompleteLine()
      if file.lines.isEmpty { try file.append(ComparisonRecord.header) }
      return (file, record.known)
    } catch let error as OutputFileError { throw UserError("--record \(error)") } catch {
      throw UserError("--record \(path): \(error)")
    }
  }
}

/// A program as `--add` names it.
private struct AddedProgram {
  let name: String
  /// The command line, with what is before it.
  let command: String
  let programProtocol: ValidateCommand.ProgramProtocol
  /// What is run: the shell with the command line.
  let words: [String]

  init?(_ text: String, usual: ValidateCommand.ProgramProtocol) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    (name, command) = (String(text[..<equals]), String(text[text.index(after: equals)...]))
    var (line, chosen) = (command[...], usual)
    for kind in ValidateCommand.ProgramProtocol.allCases where command.hasPrefix("\(kind.rawValue):") {
      (line, chosen) = (command.dropFirst(kind.rawValue.count + 1), kind)
    }
    guard line.contains(where: { !$0.isWhitespace }), !name.contains(where: \.isNewline) else { return nil }
    programProtocol = chosen
    words = ["/bin/sh", "-c"] + (chosen == .file ? ["\(line) \"$@\"", name] : [String(line)])
  }
}
