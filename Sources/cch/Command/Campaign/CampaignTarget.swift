// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import VerdictCommands
import ArgumentParser
import Campaigns
import Claims
import ExactJSON
import Foundation

/// A command of a campaign: what its words ask for.
enum CampaignTarget {
  case hunt(HuntJob)
  case classHunt(ClassHuntJob)
  case exhaustive(ExhaustiveJob)
  case verify(VerifyJob)
  case experiment(any RunnableExperiment, seed: UInt64)
  case comparison(ComparisonJob)
  case validation(ValidationJob, ValidationPage)
  case study(any CampaignStudy)

  /// What the words of a command ask for; they have a seed.
  ///
  /// - Throws: ``UserError`` that names the command and what is wrong with it, also where it has no number of cases.
  init(_ words: [String]) throws {
    let shown = "campaign of \"\(words.joined(separator: " "))\""
    let kinds = UserError("\(shown): a campaign is made of 'hunt', 'verify', 'experiment', 'student' and 'validate'")
    guard ["hunt", "verify", "experiment", "student", "validate"].contains(words.first) else { throw kinds }
    let command: any ParsableCommand
    let line = try PreparedLine(words, of: CCH.self)
    do { command = try CCH.parseAsRoot(line.arguments) } catch {
      throw UserError("\(shown): \(line.explanation(of: CCH.message(for: error).replacing("\n", with: " ")))")
    }
    func require(without options: [(name: String, isGiven: Bool)], _ instead: String) throws {
      for option in options where option.isGiven { throw UserError("\(shown): \(option.name): \(instead)") }
    }
    func cases(_ options: RunOptions) throws -> Int {
      try require(without: [("--time", options.time != nil)], "a campaign has no budget of time; give --cases")
      guard let cases = options.cases else { throw UserError("\(shown): give --cases, how many there are in all") }
      return cases
    }
    let later = "a campaign writes its own files; 'cch report' makes pages of its documents later"
    switch command {
    case let hunt as HuntCommand:
      try require(
        without: [
          ("--out", hunt.out != nil), ("--save", hunt.save), ("--html", hunt.pageOption.html != nil),
        ], "it writes a file; 'campaign merge' writes what was found")
      if hunt.claimFile == nil, let target = classClaim(hunt.claim) {
        let chosen = try hunt.chosenHunt(classes: target)
        self = .classHunt(ClassHuntJob(chosen, cases: try cases(hunt.runOptions)))
      } else if hunt.exhaustive {
        let search = try hunt.search(try hunt.chosenHunt())
        if let cases = hunt.runOptions.cases, cases < search.space.count {
          throw UserError(
            "\(shown): --cases \(cases): leave it out, a campaign searches all \(search.space.count) numbers")
        }
        self = .exhaustive(ExhaustiveJob(search))
      } else {
        let cases = try cases(hunt.runOptions)
        self = .hunt(HuntJob(try hunt.chosenHunt(), cases: cases))
      }
    case let verify as VerifyCommand:
      try require(without: [("--html", verify.pageOption.html != nil)], later)
      let cases = try cases(verify.runOptions)
      self = .verify(VerifyJob(try verify.chosenVerification(), cases: cases))
    case let experiment as any ExperimentSubcommand:
      let options = experiment.trialOptions
      try require(
        without: [
          ("--record", options.record != nil), ("--csv", options.isCSV), ("--html", options.pageOption.html != nil),
        ], later)
      guard let seed = options.simulation.seed.seed else { throw UserError("\(shown): give --seed") }
      self = .experiment(try experiment.prepared(), seed: seed)
    case let student as StudentCommand:
      try require(without: [("--csv", student.csv), ("--html", student.pageOption.html != nil)], later)
      guard let seed = student.simulation.seed.seed else { throw UserError("\(shown): give --seed") }
      self = .study(try student.campaignStudy(seed: seed))
    case let validate as ValidateCommand:
      let options = validate.comparison
      try require(
        without: [
          ("--record", options.record != nil), ("--csv", validate.table.csv), ("--latex", options.latex),
          ("--junit", validate.junit != nil), ("--html", validate.pageOption.html != nil),
        ], later)
      guard let seed = validate.seed.seed else { throw UserError("\(shown): give --seed") }
      if validate.isComparison {
        self = .comparison(ComparisonJob(try validate.chosenComparison(seed: seed).0))
      } else {
        let (validation, judged, page) = try validate.chosenValidation(seed: seed)
        self = .validation(ValidationJob(validation, of: judged.name, makeRespondent: judged.makeRespondent), page)
      }
    default: throw kinds
    }
  }

  /// The job, whichever it is.
  var job: any CampaignJob {
    switch self {
    case .hunt(let job): job
    case .classHunt(let job): job
    case .exhaustive(let job): job
    case .verify(let job): job
    case .experiment(let experiment, let seed): experiment.job(seed: seed)
    case .comparison(let job): job
    case .validation(let job, _): job
    case .study(let study): study.job
    }
  }

  /// The words of a command with its seed, drawn where none is given, before the words of a program.
  static func withSeed(_ words: [String]) -> [String] {
    let own = words.prefix { $0 != "--" }
    if own.contains(where: { $0 == "--seed" || $0.hasPrefix("--seed=") }) { return words }
    return own + ["--seed", "\(UInt64.random(in: 0..<1_000_000))"] + words.dropFirst(own.count)
  }

  /// The files that a command names, those of folders too: on all machines they must be what they were.
  static func inputs(_ words: [String]) -> [String] {
    var found: [String] = []
    for word in words {
      // A word, what stands after an equals sign, or a file before the name of an array or a column in it.
      let parts = [word] + word.split(separator: "=", maxSplits: 1).dropFirst().map(String.init)
      for part in parts.flatMap({ [$0, String($0.prefix { $0 != ":" })] }) {
        var isFolder: ObjCBool = false
        guard !part.isEmpty, FileManager.default.fileExists(atPath: part, isDirectory: &isFolder) else { continue }
        if isFolder.boolValue {
          let names = (try? FileManager.default.contentsOfDirectory(atPath: part)) ?? []
          found += names.map { "\(part)/\($0)" }.filter { FileManager.default.isFile($0) }
        } else {
          found.append(part)
        }
      }
    }
    return found
  }
}

extension FileManager {
  fileprivate func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
  }
}
