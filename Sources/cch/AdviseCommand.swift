import Advice
import ArgumentParser
import ExactJSON
import Foundation
import Gaussian

/// `cch advise`: the practical question on one's own data.
struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Advise on your own data: does distilling from that teacher modality help my student?",
    usage: "cch advise <csv> --teacher <columns> [--teacher <columns> …] --student <columns> --label <column>",
    discussion: """
      Columns are separated by commas; several --teacher options are candidates, which are ranked. The Gaussian model is \
      fitted exactly to the sample; intervals are jackknife ones around estimates without bias, the test of β < 1 is the exact t-test on the half of the \
      rows that the teacher was not fitted on, and the promise is checked on held-out folds.
      """)

  @Argument(help: "A CSV file, plain or gzip, with a header line, one row a sample.")
  var file: String

  @Option(name: .long, parsing: .singleValue, help: "The columns that a candidate teacher sees; may be given again.")
  var teacher: [String] = []

  @Option(help: "The columns that the student sees.")
  var student: String

  @Option(help: "The column that both predict.")
  var label: String

  @Flag(help: "Leave out rows in which a needed column is empty, NA, NaN, N/A, null or ?, and say how many.")
  var dropMissing = false

  @Option(help: "The number of bootstrap resamples that rank teachers and stand in where one row decides all.")
  var replicates = 1_000

  @Option(help: "The coverage of the intervals.")
  var level = 0.95

  @Option(help: "The seed of resamples, halves and folds; without it a new one is chosen and printed.")
  var seed: UInt64?

  @Option(help: "Accepted as everywhere; advice is computed by one thread, the result does not depend on it.")
  var threads: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if teacher.isEmpty { throw ValidationError("--teacher is missing; name the columns of a candidate teacher") }
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads): the number of threads must be 1 to 1024")
    }
  }

  func run() throws {
    func columns(_ list: String) -> [String] {
      list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let seed = seed ?? UInt64.random(in: 0..<1_000_000)
    var settings = Advice.Settings()
    (settings.replicates, settings.level, settings.seed) = (replicates, level, seed)
    let roles: Roles
    do {
      roles = try Roles(teachers: teacher.map(columns), student: columns(student), label: columns(label))
    } catch { throw UserError("\(error)") }
    var (table, dropped) = (try readTable(file), 0)
    let advice: Advice
    do {
      if dropMissing {
        (table, dropped) = try table.droppingMissing(in: roles.student + roles.teachers.joined() + [roles.label])
      }
      advice = try Advice(table, roles, dropped: dropped, settings)
    } catch let error as DataTableError where error.isMissingNumber && !dropMissing {
      throw UserError(file: file, "\(error); or leave such rows out, counted, with --drop-missing")
    } catch let error as DataTableError where error.isText(in: roles.label) {
      throw UserError(file: file, "\(error); code two classes as 0 and 1")
    } catch let error as AdviceError where dropped > 0 {
      throw UserError(file: file, "\(error) (\(dropped) rows with missing values were left out)")
    } catch { throw UserError(file: file, error) }
    let page = AdvicePage(advice, file: file, seed: seed, level: level)
    try StandardOutput.write(output.json ? page.json.pretty + "\n" : page.text)
  }
}

extension DataTableError {
  /// Whether a cell of this column is no number.
  fileprivate func isText(in label: String) -> Bool {
    if case .notANumber(_, label, _) = self { true } else { false }
  }
}
