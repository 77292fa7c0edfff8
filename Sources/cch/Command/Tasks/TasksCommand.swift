// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import PlainText
import ArgumentParser
import Estimation
import ExactJSON
import Foundation

/// `cch tasks`: distributions whose mutual information is known.
struct TasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks", abstract: "Estimation tasks whose mutual information is known: list, show and sample them.",
    discussion: """
      The 40 tasks of the published benchmark Beyond Normal (NeurIPS 2023) under its ids; tasks with classes, counts and \
      atoms; and, with --instance, the two tasks of an instance, I(t; s) and I(s; y).
      """,
    subcommands: [ListTasks.self, ShowTask.self, SampleTask.self], defaultSubcommand: ListTasks.self)
}

/// Which tasks there are to choose from.
struct TaskOptions: ParsableArguments {
  @Option(help: "An instance or certificate file; adds its tasks FILE:t;s and FILE:s;y.")
  var instance: [String] = []

  /// All tasks, those of instances last.
  func tasks() throws -> [EstimationTask] {
    try EstimationTask.all
      + instance.flatMap { path in
        let tasks = try instanceTasks(path)
        return [tasks.teacher, tasks.label]
      }
  }

  func task(_ id: String) throws -> EstimationTask {
    let tasks = try tasks()
    if let task = tasks.first(where: { $0.id == id }) { return task }
    let hint = nearestName(to: id, among: tasks.map(\.id)).map { "did you mean \($0)?" } ?? "'cch tasks' lists them"
    throw UserError("\(id): no such task; \(hint)")
  }
}

/// The tasks of an instance file, named after it.
func instanceTasks(_ path: String) throws -> InstanceTasks {
  let instance = try readProblem(path).instance
  let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  do { return try InstanceTasks(instance, name: name) } catch { throw UserError(file: path, error) }
}

/// `cch tasks list`.
struct ListTasks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tasks: dimensions and the true mutual information.")

  @Argument(help: "Only tasks that match, such as '1v1-*'.")
  var glob = "*"

  @OptionGroup var taskOptions: TaskOptions
  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let tasks = try taskOptions.tasks().filter { $0.matches(glob) }
    guard !tasks.isEmpty else { throw UserError("\(glob): matches no task; 'cch tasks' lists them") }
    try StandardOutput.write(
      output.json
        ? output.text(ListTasks.json(tasks))
        : table.csv ? TableOption.rows(ListTasks.json(tasks), "tasks") : ListTasks.table(tasks))
  }

  private static func table(_ tasks: [EstimationTask]) -> String {
    var table = TextTable([
      ("task", .left), ("what", .left), ("x × y", .right), ("I in nats", .right), ("exactly", .left),
    ])
    for task in tasks {
      table.append(
        task.id, task.title, "\(task.xDimension) × \(task.yDimension)", decimal(task.nats, 4), shortFormula(task.truth))
    }
    let palette = Palette(isOn: StandardOutput.isColoured)
    table.style = { _, column, text in column == 0 ? palette.strong(text) : text }
    return table.text
  }

  private static func shortFormula(_ truth: EstimationTask.Truth) -> String {
    guard case .exact = truth else { return "closed form" }
    return truth.formula.count <= 24 ? truth.formula : "½ ln r, r rational"
  }

  private static func json(_ tasks: [EstimationTask]) -> JSONValue {
    ["schema": "cch.tasks/1", "tasks": .array(tasks.map(\.json))]
  }
}

/// `cch tasks show`.
struct ShowTask: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one task in full.")

  @Argument(help: "The task's id.")
  var id: String

  @OptionGroup var taskOptions: TaskOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let task = try taskOptions.task(id)
    if output.json {
      try StandardOutput.write(output.text(["schema": "cch.tasks/1", "tasks": .array([task.json])]))
    } else {
      try StandardOutput.write(
        """
        \(task.id): \(task.title)
        x has \(columns(task.xDimension)), y \(columns(task.yDimension)); \(task.isGaussian ? "" : "not ")jointly Gaussian
        I(x; y) = \(task.truth.formula)
                = \(decimal(task.nats, 15)) nats

        """)
    }
  }

  private func columns(_ count: Int) -> String { count == 1 ? "1 column" : "\(count) columns" }
}

/// `cch tasks sample`.
struct SampleTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draw a sample of a task as CSV: the columns of x first, then those of y.")

  @Argument(help: "The task's id.")
  var id: String

  @Option(help: "The number of rows, 2 to 10,000,000.")
  var rows = 1000

  @OptionGroup var seed: SeedOption

  @Option(help: "The file to write; standard output without it.")
  var out: String?

  @OptionGroup var taskOptions: TaskOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (2...10_000_000).contains(rows) else {
      throw ValidationError("--rows \(rows): a sample has 2 to 10,000,000 rows")
    }
  }

  func run() throws {
    let task = try taskOptions.task(id)
    let chosen = seed.choose()
    let target = try out.map { try outputFile($0) }
    let csv = try task.sample(rows: rows, seed: chosen).csv
    try target?.save(csv)
    if output.json {
      let document: JSONValue = [
        "schema": "cch.tasks/1", "tasks": .array([task.json]), "seed": .number(String(chosen)), "size": JSONValue(rows),
        "file": out.map { .string($0) } ?? nil, "csv": out == nil ? .string(csv) : nil,
      ]
      try StandardOutput.write(output.text(document))
    } else if target == nil {
      try StandardOutput.write(csv)
    }
    seed.note(chosen, output)
  }
}

extension EstimationTask {
  /// The task as scripts read it.
  var json: JSONValue {
    let information: JSONValue =
      switch truth {
      case .exact(let value): ["half_log_of": JSONValue(value.argument), "nats": .string(value.nats())]
      case .closedForm(let formula, let nats): ["formula": .string(formula), "nats": JSONValue(approximate: nats)]
      }
    return [
      "id": .string(id), "title": .string(title), "x": JSONValue(xDimension), "y": JSONValue(yDimension),
      "gaussian": .bool(isGaussian), "mutual_information": information,
    ]
  }
}
