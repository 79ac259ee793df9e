/**
 * One entity of the model as types: what its rows hold, and what can be asked of them.
 * `model.ts` has one interface of this kind for each entity; they exist for the compiler alone.
 */
export interface Entity {
  /** A row as answers show it when nothing is expanded. */
  readonly row: object;
  readonly id: string | number;
  /** Whether everybody may read every row. */
  readonly visible: "always" | "sometimes";
  /** What a new row takes. */
  readonly create: object;
  /** What a change takes: all that is not named stays. */
  readonly change: object;
  /** Conditions on its rows. */
  readonly where: object;
  /** The names that rows can be sorted and grouped by, and measured, with what they hold. */
  readonly values: object;
  /** Names of times, whose parts (`month(placedAt)`) can be grouped by. */
  readonly times: string;
  /** Names of numbers, which can be added up. */
  readonly sums: string;
  /** The unique keys, as `sku` or `product,author`. */
  readonly keys: string;
  /** What of its rows stays: their history, and those deleted. */
  readonly keeps: string;
  readonly references: Readonly<Record<string, Entity>>;
  readonly lists: Readonly<Record<string, Entity>>;
}

/** A row of another entity, by its id alone. */
export interface Reference<Id extends string | number = string> {
  readonly id: Id;
}

/** A row to refer to: its id, or an object that has it and nothing else; whole rows are not taken. */
export type Referred<Id extends string | number = string> = Id | (Reference<Id> & { readonly version?: never });

/** An amount in minor units: 1250 EUR is 12.50. */
export interface Money<Currency extends string = string> {
  readonly amount: number;
  readonly currency: Currency;
}

/** Degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Any JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Adds to the number that is there, whatever it is by then. */
export interface Add<Value> {
  readonly $add: Value;
}

/** Adds elements to the list that is there, and takes others out. */
export interface Edit<Value> {
  readonly $append?: readonly Value[];
  readonly $remove?: readonly Value[];
}

/** What becomes of the rows of a list when the row it belongs to is written. */
export interface ListChange<Create, Change, Id extends string | number> {
  readonly create?: readonly Create[];
  /** Rows of elsewhere that come into the list. */
  readonly link?: readonly Referred<Id>[];
  readonly unlink?: readonly Referred<Id>[];
  readonly update?: readonly (Change & Reference<Id>)[];
  readonly delete?: readonly Referred<Id>[];
}

type Path<E extends Entity, K extends "values" | "times" | "sums", Hops extends 0 | 1 | 2> =
  | (K extends "values" ? keyof E["values"] & string : E[Exclude<K, "values">])
  | (Hops extends 0
      ? never
      : {
          [R in keyof E["references"] & string]: `${R}.${Path<E["references"][R], K, Hops extends 2 ? 1 : 0>}`;
        }[keyof E["references"] & string]);

/** A name of `values`, or one that references lead to: `customer.name`. */
export type ValuePath<E extends Entity> = Path<E, "values", 2>;

/** A number that can be added up. */
export type SumPath<E extends Entity> = Path<E, "sums", 2>;

/** What rows are grouped by. */
export type GroupPath<E extends Entity> =
  | ValuePath<E>
  | `${"year" | "month" | "week" | "day" | "hour"}(${Path<E, "times", 2>})`;

/** What a path leads to. */
export type ValueOf<E extends Entity, P extends string> = P extends keyof E["values"]
  ? E["values"][P]
  : P extends `${infer R}.${infer Rest}`
    ? R extends keyof E["references"]
      ? ValueOf<E["references"][R], Rest> | null
      : never
    : P extends `${string}(${string})`
      ? string
      : never;

/** Keys of an order; a minus turns one around. */
export type Sort<E extends Entity> = readonly (ValuePath<E> | `-${ValuePath<E>}`)[];

/** The names of a row's fields. */
export type FieldName<E extends Entity> = keyof E["row"] & string;

type Option = "where" | "sort" | "limit" | "fields" | "expand";

/** References and lists that are shown whole: `{customer: true, lines: {limit: 3, product: true}}`. */
export type Expansions<E extends Entity> = Expanding<E, never>;

type Expanding<E extends Entity, Taken> = {
  readonly [R in Exclude<keyof E["references"], Taken>]?: true | ReferenceExpansion<E["references"][R]>;
} & {
  readonly [L in Exclude<keyof E["lists"], Taken>]?: true | ListExpansion<E["lists"][L]>;
};

/** What of the row behind a reference is shown; names besides `fields` are expanded in their turn. */
export type ReferenceExpansion<E extends Entity> = Expanding<E, Option> & {
  readonly fields?: readonly FieldName<E>[];
  /** For references and lists whose names are taken by options. */
  readonly expand?: Expansions<E>;
};

/** What of a list is shown. */
export type ListExpansion<E extends Entity> = ReferenceExpansion<E> & {
  /** Not for `get`, nor for the answers to writes. */
  readonly where?: E["where"];
  readonly sort?: Sort<E>;
  readonly limit?: number;
};

type Names<T> = T extends object ? (T extends readonly unknown[] ? never : keyof T) : never;
type At<T, K> = T extends object ? (K extends keyof T ? T[K] : never) : never;

/** What was given, where each of its names is allowed: a name that is not makes it not compile. */
export type Exactly<Given, Allowed> = Given extends readonly unknown[]
  ? Given
  : Given extends object
    ? { readonly [K in keyof Given]: K extends Names<Allowed> ? Exactly<Given[K], At<Allowed, K>> : never }
    : Given;

/** Makes hovers show members in place of the way to them. */
type Flat<T> = { [K in keyof T]: T[K] } & {};

type FieldsOf<E extends Entity, X> = X extends { readonly fields: readonly (infer F)[] }
  ? F extends FieldName<E>
    ? F
    : never
  : FieldName<E>;

type ExpandedOf<X> = X extends true
  ? unknown
  : Omit<X, Option> & (X extends { readonly expand: infer Deeper } ? Deeper : unknown);

/** A row as an answer shows it: the fields `F`, with what `X` names whole. */
export type Shown<E extends Entity, F extends string = FieldName<E>, X = unknown> = Flat<
  {
    [K in keyof E["row"] as K extends F | "id" | keyof X ? K : never]: K extends keyof X & keyof E["references"]
      ? Seen<E["references"][K], X[K]> | Extract<E["row"][K], null | undefined>
      : E["row"][K];
  } & {
    [L in keyof E["lists"] as L extends keyof X ? L : never]: L extends keyof X
      ? ShownBehind<E["lists"][L], X[L]>[]
      : never;
  }
>;

/** A row that the caller may not see, which is its id alone. */
export type Unseen<Row extends { readonly id: unknown }> = { readonly id: Row["id"] } & {
  readonly [K in Exclude<keyof Row, "id">]?: undefined;
};

type Seen<E extends Entity, X> =
  | ShownBehind<E, X>
  | (E["visible"] extends "always" ? never : Flat<Unseen<ShownBehind<E, X> & { readonly id: E["id"] }>>);

type ShownBehind<E extends Entity, X> = Shown<E, FieldsOf<E, X>, ExpandedOf<X>>;

/** What of a row is shown. */
export interface Showing<E extends Entity, F extends FieldName<E>, X> {
  /** All of them, where none is named. */
  readonly fields?: readonly F[];
  readonly expand?: X & Exactly<X, Expansions<E>>;
}

/** A question for many rows. */
export interface Question<E extends Entity, F extends FieldName<E>, X> extends Showing<E, F, X> {
  readonly where?: E["where"];
  readonly sort?: Sort<E>;
  /** 50 where it is not given, 500 at most. */
  readonly limit?: number;
  readonly offset?: number;
  /** The `next` of a page. */
  readonly after?: string;
  readonly count?: "none" | "exact" | "estimate";
}

/** Some rows of many. */
export interface Page<Row> {
  readonly rows: Row[];
  /** To be sent as `after`; null at the end. */
  readonly next: string | null;
  readonly hasMore: boolean;
  /** Of all rows that fit, where it was asked for. */
  readonly count?: number;
}

/** Operators of every value. */
interface Equality<Value> {
  readonly eq?: Value | null;
  readonly ne?: Value | null;
  readonly in?: readonly Value[];
  readonly notIn?: readonly Value[];
  readonly isNull?: boolean;
}

/** Conditions on an ordered value. */
export interface Ordered<Value> extends Equality<Value> {
  readonly lt?: Value;
  readonly lte?: Value;
  readonly gt?: Value;
  readonly gte?: Value;
  readonly between?: readonly [Value, Value];
  readonly not?: Ordered<Value> | Value | null;
}

/** Conditions on a number. */
export interface NumberWhere extends Ordered<number> {}

/** Conditions on an exact number, which is compared as text or number. */
export interface DecimalWhere extends Ordered<string | number> {}

/** Conditions on a text. */
export interface TextWhere<Value extends string = string> extends Equality<Value> {
  readonly lt?: string;
  readonly lte?: string;
  readonly gt?: string;
  readonly gte?: string;
  readonly between?: readonly [string, string];
  /** `%` stands for any characters, `_` for one. */
  readonly like?: string;
  /** As `like`, without regard to case. */
  readonly ilike?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly contains?: string;
  readonly not?: TextWhere<Value> | Value | null;
}

/** Conditions on a text whose words can be searched. */
export interface SearchedTextWhere extends TextWhere {
  readonly search?: string;
}

/** Conditions on a moment or a day. */
export interface TimeWhere extends Ordered<string> {
  /** The day, as `2026-08-01`. */
  readonly on?: string;
}

/** Conditions on yes or no, or on a UUID. */
export interface ValueWhere<Value> extends Equality<Value> {
  readonly not?: ValueWhere<Value> | Value | null;
}

/** Conditions on a list of values. */
export interface ValuesWhere<Value> extends Equality<readonly Value[]> {
  readonly contains?: Value;
  readonly not?: ValuesWhere<Value>;
}

/** What can be asked of a value that can't be compared. */
export interface PresenceWhere {
  readonly isNull?: boolean;
  readonly not?: PresenceWhere;
}

/** Conditions on money of one currency: in minor units, or by its parts. */
export interface MoneyWhere extends Ordered<number> {
  readonly amount?: NumberWhere | number;
  readonly currency?: TextWhere | string;
}

/** Conditions on money of any currency. */
export interface AnyMoneyWhere extends PresenceWhere {
  readonly amount?: NumberWhere | number;
  readonly currency?: TextWhere | string;
}

/** Conditions on a place. */
export interface PointWhere extends PresenceWhere {
  readonly latitude?: NumberWhere | number;
  readonly longitude?: NumberWhere | number;
}

/** Conditions on the rows of a list: on some of them, where nothing else is said. */
export interface ListWhere<Where> {
  readonly some?: Where;
  readonly every?: Where;
  readonly none?: Where;
}

/** What every `where` has besides its fields. */
export interface Conditions<Where, Id> {
  readonly and?: readonly Where[];
  readonly or?: readonly Where[];
  readonly not?: Where;
  /** Of the row's id. */
  readonly eq?: Id | null;
  readonly ne?: Id | null;
  readonly in?: readonly Id[];
  readonly notIn?: readonly Id[];
  readonly isNull?: boolean;
}
