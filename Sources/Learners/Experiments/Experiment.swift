// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// An experiment: a list of trials, what each measures, and what all of them say.
///
/// To add one:
/// 1. A type in a file of this room that conforms to this protocol; its data come in through its initializer.
/// 2. A *trial* is what is done at once, about a second long: a seed and the settings that share a teacher or a baseline
///    student. ``runs(of:seed:)`` returns one ``Run`` for each setting and seed that was measured.
/// 3. As an ``AgreementExperiment`` it says by ``AgreementExperiment/report(_:)`` what came true: an ``AgreementTable`` of the
///    runs, and what else there is to say. What compares students with closed forms has a page of its own.
/// 4. A subcommand of `cch experiment`, an `ExperimentSubcommand`, loads the data; that gives it `--seed`, `--threads`, `--record`,
///    `--json`, `--csv`, progress, and campaigns.
public protocol Experiment: Sendable {
  /// What it is called on the command line.
  var name: String { get }

  /// Everything that the result of a trial depends on besides its name and the seed, in order.
  ///
  /// Runs that were recorded under other settings are refused. The number of seeds is no such setting: more seeds are more
  /// trials.
  var settings: [Setting] { get }

  /// The trials, in the order of the report.
  var trials: [ExperimentTrial] { get }

  /// Carries a trial out.
  ///
  /// It must depend on nothing but the settings, the trial and `seed`, so that the result is the same on any number of threads.
  ///
  /// - Throws: an error that ends the experiment.
  func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run]

  /// The same for trials of more than a second: now and then they tell `isStopped` which share of them, 0 … 1, is done, and
  /// ask it whether to go on; nil where it ended them.
  func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: (_ done: Double) -> Bool) throws -> [Run]?

  /// Which stream of the experiment's seed the trial's seed is from: by default that of its replicate, so that trials of a
  /// replicate are paired.
  func stream(of trial: ExperimentTrial) -> UInt64
}

extension Experiment {
  /// By default a trial is short, and goes to its end.
  public func runs(of trial: ExperimentTrial, seed: UInt64, until isStopped: (_ done: Double) -> Bool) throws -> [Run]?
  {
    try runs(of: trial, seed: seed)
  }

  /// That of the replicate.
  public func stream(of trial: ExperimentTrial) -> UInt64 { UInt64(trial.replicate) }
}

/// An experiment whose runs say whether predictions came true.
public protocol AgreementExperiment: Experiment {
  /// What the runs say; they come in the order of the trials, and may be a part where the experiment was interrupted.
  ///
  /// - Throws: an error where the runs cannot be summed up.
  func report(_ runs: [Run]) throws -> ExperimentReport
}

/// A named setting of an experiment, or a named factor of one run.
public struct Setting: Sendable, Hashable {
  /// What it is, in words that do for a table's head, a JSON key and a CSV column, such as "weight decay".
  public let name: String
  /// Its value.
  public let value: String

  /// A setting.
  public init(_ name: String, _ value: some CustomStringConvertible) {
    (self.name, self.value) = (name, value.description)
  }
}

/// What an experiment does at once.
public struct ExperimentTrial: Sendable, Hashable {
  /// Its name, which no other trial of the experiment has, such as "seed 3, teacher pix".
  public let name: String
  /// The replicate that it belongs to, from 0; trials of one replicate may share random choices.
  public let replicate: Int
  /// What distinguishes it within the replicate.
  public let factors: [Setting]

  /// The trial of these factors in a replicate.
  public init(replicate: Int, factors: [Setting] = []) {
    (self.replicate, self.factors) = (replicate, factors)
    name = (["seed \(replicate)"] + factors.map { "\($0.name) \($0.value)" }).joined(separator: ", ")
  }

  /// The value of a factor.
  ///
  /// - Precondition: the trial has it.
  public func value(of name: String) -> String {
    guard let factor = factors.first(where: { $0.name == name }) else {
      preconditionFailure("trial \"\(self.name)\" has no \(name)")
    }
    return factor.value
  }
}

/// One measured setting and seed.
public struct Run: Sendable, Equatable {
  /// A measured number, or why there is none.
  public struct Outcome: Sendable, Hashable {
    /// What it is, such as "gain accuracy".
    public let name: String
    /// Its value, finite; nil where there is none.
    public let value: Double?
    /// How it was measured where that varies, such as the estimator of an information; why it is missing where it is.
    public let note: String?

    /// A measured number.
    public init(_ name: String, _ value: Double) { (self.name, self.value, note) = (name, value, nil) }

    /// A measured number and how it was measured, or none and why.
    public init(_ name: String, _ value: Double?, note: String) {
      (self.name, self.value, self.note) = (name, value, note)
    }

    /// An information with its estimator, or why there is none.
    public init(_ name: String, _ cell: InformationCell) { self.init(name, cell.nats, note: cell.note) }
  }

  /// The replicate, from 0: runs of one replicate and different factors are paired.
  public let replicate: Int
  /// What was set, in order; all runs of an experiment have the same names.
  public let factors: [Setting]
  /// What came out, in order; all runs of an experiment have the same names.
  public let outcomes: [Outcome]

  /// A run.
  public init(replicate: Int, factors: [Setting], outcomes: [Outcome]) {
    (self.replicate, self.factors, self.outcomes) = (replicate, factors, outcomes)
  }

  /// The value of the outcome called `name`; nil where there is none.
  public subscript(name: String) -> Double? { outcomes.first { $0.name == name }.flatMap(\.value) }
}

extension [Run] {
  /// The runs of every condition, that is of the same factors, in the order in which conditions first occur.
  var byCondition: [(condition: [Setting], runs: [Run])] {
    var (conditions, groups) = ([[Setting]](), [[Setting]: [Run]]())
    for run in self {
      if groups[run.factors] == nil { conditions.append(run.factors) }
      groups[run.factors, default: []].append(run)
    }
    return conditions.map { ($0, groups[$0] ?? []) }
  }
}
