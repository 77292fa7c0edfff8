import ArgumentParser
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
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
      are reported, not judged. With --decision: how often a practitioner who decides on n rows would be wrong.
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
    if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
    if teacherRows != nil, sameRows { throw ValidationError("--teacher-rows and --same-rows exclude each other") }
    if !decision, ns != nil || distances != nil { throw ValidationError("--ns and --distances need --decision") }
  }

  mutating func run() async throws {
    let seed = simulation.seed ?? UInt64.random(in: 0..<1_000_000)
    let problems = try problems(seed: seed)
    if decision {
      try await decide(problems, seed: seed)
    } else {
      try await compare(problems, seed: seed)
    }
    if output.json || csv, simulation.seed == nil, !output.quiet { StandardError.write("seed \(seed)\n") }
  }

  /// The instances, each with what to call it.
  private func problems(seed: UInt64) throws -> [(source: String, instance: Instance)] {
    if let file {
      do {
        let instance = try readProblem(file).instance.with(n: rows)
        try instance.requireInformative()
        return [(file, instance)]
      } catch let error as UserError { throw error } catch { throw UserError(file: file, error) }
    }
    let sampler = InstanceSampler(largestSize: 6)
    var problems: [(source: String, instance: Instance)] = []
    for index in 0... {
      var source = RandomSource(seed: seed, index: UInt64(index))
      do {
        let drawn = try sampler.instance(from: &source)
        let instance = try drawn.with(n: rows.map { max($0, drawn.p2 + 2) })
        // Some are so near to singular that double precision cannot draw from them.
        if decision && instance.q > 1 || (try? Population(instance)) == nil { continue }
        problems.append(("random \(index)", instance))
      } catch { throw UserError("\(error)") }
      if problems.count == generate { break }
    }
    return problems
  }

  private func compare(_ problems: [(source: String, instance: Instance)], seed: UInt64) async throws {
    let settings = try settings(instances: problems.count)
    var studies: [RiskStudy] = []
    for (source, instance) in problems {
      var own = settings
      if let lambda = instance.lambda, lambdas == nil { own.lambdas.append(lambda) }
      do { studies.append(try RiskStudy(instance, own)) } catch { throw userError(error, file: source) }
    }
    let replicates = repeats ?? standardReplicates(settings)
    var report = StudentReport(seed: seed, threads: simulation.chosenThreads)
    var failure: ExitCode?
    let interruption = Interruption()
    defer { interruption.end() }
    for (index, study) in studies.enumerated() {
      let run = RiskStudy.run(replicates: replicates)
      let display = ProgressDisplay(run, isOn: StandardError.isTerminal && !output.quiet)
      interruption.follow(run)
      defer { display.end() }
      var streams = RandomSource(seed: seed, index: UInt64(index) | 1 << 40)
      do {
        let result = try await study.result(run, threads: simulation.chosenThreads, seed: streams.next())
        report.add(study, source: problems[index].source, result)
        if !result.failures.isEmpty { failure = .falseFound }
      } catch let error as StudentError {
        guard case .diverged = error else { throw userError(error, file: problems[index].source) }
        report.add(study, source: problems[index].source, diverged: error)
        failure = .falseFound
      }
      if run.wasStopped {
        failure = .interrupted
        break
      }
    }
    try pageOption.save(report.json)
    try StandardOutput.write(output.json ? output.text(report.json) : csv ? report.csv : report.text)
    if let failure { throw failure }
  }

  private func standardReplicates(_ settings: StudySettings) -> Int {
    if case .trained = settings.student { return 50 }
    return settings.sampling == .rows ? 2_000 : 20_000
  }

  private func settings(instances: Int) throws -> StudySettings {
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
      level: falseAlarm / Double(instances), gapTolerance: gap, law: try parseLaw(law), teacher: teacher)
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
