// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Campaigns
import Claims
import ExactJSON
import Foundation

/// A command of a campaign: what its words ask for.
enum CampaignTarget {
  case hunt(HuntJob)
  case exhaustive(ExhaustiveJob)
  case verify(VerifyJob)

  /// What the words of a command ask for.
  ///
  /// - Throws: ``UserError`` that names the command and what is wrong with it, also where it has no number of cases.
  init(_ words: [String]) throws {
    let shown = "campaign of \"\(words.joined(separator: " "))\""
    guard ["hunt", "verify"].contains(words.first) else {
      throw UserError("\(shown): a campaign is made of 'hunt' and 'verify'")
    }
    let command: any ParsableCommand
    let line = try PreparedLine(words)
    do { command = try CCH.parseAsRoot(line.arguments) } catch {
      throw UserError("\(shown): \(line.explanation(of: CCH.message(for: error).replacing("\n", with: " ")))")
    }
    func cases(_ options: RunOptions) throws -> Int {
      if options.time != nil { throw UserError("\(shown): --time: a campaign has no budget of time; give --cases") }
      guard let cases = options.cases else { throw UserError("\(shown): give --cases, how many there are in all") }
      return cases
    }
    switch command {
    case let hunt as HuntCommand:
      if hunt.save || hunt.out != nil || hunt.pageOption.html != nil {
        throw UserError("\(shown): --out, --save and --html write files; 'campaign merge' writes what was found")
      }
      if hunt.exhaustive {
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
      if verify.pageOption.html != nil {
        throw UserError("\(shown): --html writes a file; 'cch report' makes it later")
      }
      let cases = try cases(verify.runOptions)
      self = .verify(VerifyJob(try verify.chosenVerification(), cases: cases))
    default: throw UserError("\(shown): a campaign is made of 'hunt' and 'verify'")
    }
  }

  /// The job, whichever it is.
  var job: any CampaignJob {
    switch self {
    case .hunt(let job): job
    case .exhaustive(let job): job
    case .verify(let job): job
    }
  }

  /// The words of a command with its seed, drawn where none is given, and without options that change no result.
  static func withSeed(_ words: [String]) -> [String] {
    if words.contains(where: { $0 == "--seed" || $0.hasPrefix("--seed=") }) { return words }
    return words + ["--seed", "\(UInt64.random(in: 0..<1_000_000))"]
  }

  /// The files that a command reads.
  static func inputs(_ words: [String]) -> [String] {
    words.enumerated().compactMap { place, word in
      if word.hasPrefix("--claims=") { return String(word.dropFirst("--claims=".count)) }
      return word == "--claims" && place + 1 < words.count ? words[place + 1] : nil
    }
  }
}
