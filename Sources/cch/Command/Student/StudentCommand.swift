// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import RandomInstances
import SeededRuns
import Students

/// `cch student`: trained students beside the closed forms.
struct StudentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "student",
    abstract: "Train students on simulated samples and compare them with the closed forms.",
    discussion: """
      Prints the simulated mean risk beside the exact R(λ), and the change against no distillation beside R(λ) − R0. Exit \
      status 1 where the closed forms are out of tolerance: by a test whose false-alarm probability over all rows together \
      is below --false-alarm, for every n and number of samples. Students, laws and teachers that the closed forms are not about \
      are reported, not judged. --student-kind tuned, unlabelled, pseudo-labels, joint-teacher, sampled-joint-teacher, \
      orthogonal-ridge and minimum-norm are students with closed forms of their own (of one label), compared at several weights \
      a of the label fit and b of the teacher fit; of tuned ones, what remains of the gain where cross-validation chooses the \
      weights. With --decision: how often a practitioner who decides on n rows would be wrong.
      """)

  @Argument(help: "An instance (cch.instance/1); without it random ones are drawn.")
  var file: String?

  @Option(parsing: .unconditional, help: "Without a file: the number of random instances.")
  var generate = 8

  @Option(name: .customLong("n"), parsing: .unconditional, help: "The number of training rows, instead of the file's.")
  var rows: Int?

  @Option(
    parsing: .unconditional,
    help: "The distillation weights, as 0.1,1/2,3; by default the paper's, small and large ones.")
  var lambdas: String?

  @Option(
    parsing: .unconditional,
    help: "The number of samples; 20,000 by default, by rows 2,000, of trained students 50, of decisions 100,000.")
  var repeats: Int?

  @Option(help: "How samples are drawn: wishart (their Gram matrix, the default where it is enough) or rows.")
  var sampling: String?

  @Option(parsing: .unconditional, help: "Measure the risk on this many fresh rows besides.")
  var testRows = 0

  @Option(parsing: .unconditional, help: "The probability of calling true closed forms wrong, over all rows together.")
  var falseAlarm = 1e-6

  @Option(
    parsing: .unconditional, help: "The optimisation gap that trained students may have, as a share of the excess risk."
  )
  var gap = 0.05

  @Option(help: "The law of the rows: gaussian, student-t:DEGREES, exponential or nonlinear:STRENGTH.")
  var law = "gaussian"

  @Option(
    parsing: .unconditional,
    help: "Fit the teacher on this many rows of its own for every sample, instead of fixed weights.")
  var teacherRows: Int?

  @Flag(help: "Fit the teacher on the very rows that the student is trained on.")
  var sameRows = false

  @OptionGroup var baseline: BaselineOptions

  @Flag(help: "Print the table as CSV, ready to plot.")
  var csv = false

  @Flag(
    help: "How often a practitioner would decide wrongly, by the number of rows and the distance from the boundary.")
  var decision = false

  @Option(help: "With --decision: the numbers of rows, as 20,100,1000.")
  var ns: String?

  @Option(
    parsing: .unconditional,
    help: "With --decision: distances 1 − β from the boundary, to which the teacher is scaled, as 0.5,0.1,-0.1.")
  var distances: String?

  @OptionGroup var training: TrainingOptions
  @OptionGroup var simulation: SimulationOptions
  @OptionGroup var pageOption: PageOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let repeats, repeats < 2 {
      throw ValidationError("--repeats \(repeats): at least 2 samples are needed for a standard error")
    }
    if !(1...10_000).contains(generate) {
      throw ValidationError("--generate \(generate): the number of instances must be 1 to 10,000")
    }
    if teacherRows != nil, sameRows { throw ValidationError("--teacher-rows and --same-rows exclude each other") }
    try baseline.validate(of: training.student)
    if baseline.kind(training.student) != nil {
      if decision { throw ValidationError("--decision and --student-kind \(training.student) exclude each other") }
      if law != "gaussian" || sameRows || testRows != 0 || lambdas != nil {
        throw ValidationError(
          "--law, --same-rows, --test-rows and --lambdas are of other students than --student-kind \(training.student)")
      }
    }
    if !decision, ns != nil || distances != nil { throw ValidationError("--ns and --distances need --decision") }
  }

  mutating func run() async throws {
    let seed = simulation.seed.choose()
    let problems = try problems(seed: seed)
    if let kind = baseline.kind(training.student) {
      try await compareBaselines(kind, problems, seed: seed)
    } else if decision {
      try await decide(problems, seed: seed)
    } else {
      try await compare(problems, seed: seed)
    }
    if output.json || csv { simulation.seed.note(seed, output) }
  }

  /// The instances, each with what to call it.
  func problems(seed: UInt64) throws -> [StudyProblem] {
    if let file {
      do {
        let read = try readProblem(file).instance
        // Fewer rows than inputs are no n of an instance.
        let instance = training.student == BaselineKind.minimumNorm.rawValue ? read : try read.with(n: rows)
        try instance.requireInformative()
        return [StudyProblem(instance, source: file)]
      } catch let error as UserError { throw error } catch { throw UserError(file: file, error) }
    }
    do {
      return try InstanceSampler(largestSize: 6).instances(generate, seed: seed, rows: rows) {
        (!decision && baseline.kind(training.student) == nil || $0.q == 1) && StudyProblem.canSimulate($0)
      }.map { StudyProblem($0.instance, source: "random \($0.number)") }
    } catch { throw UserError("\(error)") }
  }

  /// Students beside the closed forms.
  private func compare(_ problems: [StudyProblem], seed: UInt64) async throws {
    let (sweep, threads) = (try riskSweep(problems), simulation.threads.chosen)
    try await show { session in
      let report = try await session.showingEach { follow in
        try await sweep.report(replicates: repeats, seed: seed, threads: threads, willRun: follow)
      }
      return StudentPage(report: report, seed: seed, threads: threads)
    }
  }

  /// Students with closed forms of their own.
  private func compareBaselines(_ kind: BaselineKind, _ problems: [StudyProblem], seed: UInt64) async throws {
    let (sweep, samples) = try baselineSweep(kind, problems)
    let threads = simulation.threads.chosen
    try await show { session in
      let report = try await session.showingEach { follow in
        try await sweep.report(replicates: samples, seed: seed, threads: threads, willRun: follow)
      }
      return BaselinePage(report: report, seed: seed)
    }
  }

  /// How often a practitioner would decide wrongly.
  private func decide(_ problems: [StudyProblem], seed: UInt64) async throws {
    let (sweep, rows, samples) = try decisionSweep(problems)
    let threads = simulation.threads.chosen
    try await show { session in
      let report = try await sweep.report(
        rows: rows, samples: samples, level: falseAlarm, seed: seed, threads: threads, willRun: session.follow)
      return DecisionPage(report: report, seed: seed, samples: samples)
    }
  }

  /// Prints what `study` finds, and ends with the status that it has.
  private func show(_ study: (RunSession) async throws -> any StudyPage) async throws {
    try await RunSession.with(output) { session in
      let page: any StudyPage
      do { page = try await study(session) } catch { throw UserError(study: error) }
      try pageOption.save(page.json)
      try output.write(page.json, csv: csv ? page.csv : nil, or: page.text)
      if page.wasStopped { throw ExitCode.interrupted }
      if !page.isOK { throw ExitCode.falseFound }
    }
  }

  func settings() throws -> StudySettings {
    let kind = try training.kind()
    let draws = try sampling.map { text in
      guard let sampling = StudySettings.Sampling(rawValue: text) else {
        throw UserError("--sampling \(text): unknown; known: wishart, rows")
      }
      return sampling
    }
    let teacher: TeacherKind = sameRows ? .fittedOnStudentRows : teacherRows.map { .fittedOnRows($0) } ?? .fixed
    return StudySettings(
      lambdas: try lambdas.map { try parseList($0, option: "--lambdas") } ?? StudySettings.standardLambdas,
      student: kind, sampling: draws, testRows: testRows, heldOutRows: training.heldOut,
      level: falseAlarm, gapTolerance: gap, law: try parseLaw(law), teacher: teacher)
  }

  private func parseLaw(_ text: String) throws -> SampleLaw {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("gaussian", 1): return .gaussian
    case ("exponential", 1): return .exponential
    case ("student-t", 2):
      if let degrees = Int(parts[1]) { return .studentT(degrees: degrees) }
    case ("nonlinear", 2):
      if let strength = try? Rational(parsing: parts[1]) { return .nonlinearLabel(strength: strength) }
    default: break
    }
    throw UserError("--law \(text): unknown; known: gaussian, student-t:5, exponential, nonlinear:1/2")
  }
}
