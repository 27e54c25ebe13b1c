/** The fields of a DTO without its class: DTO classes are there for documentation, answers are plain objects. */
export type Plain<T> = { [K in keyof T]: T[K] };
