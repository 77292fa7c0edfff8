// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification

/// Students and teachers of some rows, judged on others.
struct ForecastPart {
  typealias TeacherRows = Transfer.TeacherRows

  let labels: [Int]
  let evaluated: [LabelledRows]
  /// The student of every view without a teacher.
  let alone: [SoftmaxStudent]
  /// The components of the judged rows in every student's view.
  let scores: [[Double]]
  let teacherAccuracy: [TeacherRows: [Double]]
  /// The teachers of every view, by their rows: fitted, with logits of the training rows.
  let teachers: [TeacherRows: [(student: SoftmaxStudent, logits: TeacherLogits)]]
  private let fitted: [LabelledRows]
  private let further: FurtherRows?
  private let isCalibrated: Bool

  /// Fits the students and teachers of all views.
  ///
  /// - Parameters:
  ///   - views: rows and their weight decay.
  ///   - rows: those of students.
  ///   - extra: those that teachers of more rows have besides.
  ///   - judging: those that everything is judged on.
  ///   - further: samples that some views are missing of.
  ///   - isCalibrated: whether log-losses are those at the best temperature of the judged rows.
  init(
    _ views: [(rows: LabelledRows, decay: Double)], fitting rows: [Int], extra: [Int], judging: [Int],
    further: FurtherRows?, isCalibrated: Bool
  ) throws {
    labels = rows.map { views[0].rows.labels[$0] }
    evaluated = try views.map { try $0.rows.selecting(judging) }
    fitted = try views.map { try $0.rows.selecting(rows) }
    (self.further, self.isCalibrated) = (further, isCalibrated)
    alone = try zip(fitted, views).map { try SoftmaxObjective($0, weightDecay: $1.decay).fit() }
    let fitted = fitted
    let more = try views.indices.map { index in
      let (view, decay) = views[index]
      let student = try SoftmaxObjective(view.selecting(rows + extra), weightDecay: decay).fit()
      return (student, student.logits(of: fitted[index].features))
    }
    teachers = [.same: alone.map { ($0, $0.trainingLogits) }, .more: more]
    scores = zip(alone, evaluated).map { $0.objective.features.scores(of: $1.features) }
    let held = evaluated
    teacherAccuracy = teachers.mapValues { fitted in
      zip(fitted, held).map { HeldOutScore($0.student.logits(of: $1.features), labels: $1.labels).accuracy }
    }
  }

  /// The score of a student of a view on the judged rows.
  func score(_ student: SoftmaxStudent, view: Int) -> ForecastScore {
    ForecastScore(
      student.logits(ofScores: scores[view]), labels: evaluated[view].labels, isCalibrated: isCalibrated)
  }

  /// The score of a student that has further rows too, with what a teacher takes them for, or with their true labels.
  ///
  /// Nil where a view of the two is missing of them.
  func score(view: Int, further teacher: SoftmaxStudent?, seeing teacherView: Int) throws -> ForecastScore? {
    guard let further, let own = further.features[view], let seen = further.features[teacherView] else { return nil }
    let classes = alone[view].objective.classCount
    let labels =
      teacher?.logits(of: seen).softLabels(temperature: 1) ?? .oneHot(further.labels, classCount: classes)
    let student = try SoftmaxObjective(
      fitted[view], further: own, labelled: labels, weightDecay: alone[view].objective.weightDecay
    ).fit()
    return ForecastScore(
      student.logits(of: evaluated[view].features), labels: evaluated[view].labels, isCalibrated: isCalibrated)
  }
}

/// Log-loss and accuracy, or what they improve by.
struct ForecastScore {
  static let zero = ForecastScore(logLoss: 0, accuracy: 0)
  let logLoss: Double
  let accuracy: Double

  private init(logLoss: Double, accuracy: Double) { (self.logLoss, self.accuracy) = (logLoss, accuracy) }

  init(_ logits: TeacherLogits, labels: [Int], isCalibrated: Bool) {
    let temperature = isCalibrated ? FittedTemperature(logits, labels: labels).value : 1
    let score = HeldOutScore(logits, labels: labels, temperature: temperature)
    self.init(logLoss: score.logLoss, accuracy: score.accuracy)
  }

  func gain(over base: ForecastScore) -> ForecastScore {
    ForecastScore(logLoss: base.logLoss - logLoss, accuracy: accuracy - base.accuracy)
  }
}
