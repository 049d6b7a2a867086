// The part of DuckDB's C API that streaming results need. All handles of
// DuckDB are void pointers; what is defined here begins with dhowr_.
#ifndef DHOW_RESULT_H
#define DHOW_RESULT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// dhowr_result has the layout of duckdb_result, which is passed by value.
typedef struct {
	uint64_t deprecated_counts[3];
	void *deprecated_columns;
	char *deprecated_error;
	void *internal;
} dhowr_result;

// dhowr_progress has the layout of duckdb_query_progress_type.
typedef struct {
	double percentage;
	uint64_t done;
	uint64_t total;
} dhowr_progress;

// dhowr_vector is what Go reads of a vector: fetched once per chunk, so that
// reading a cell needs no call.
typedef struct {
	void *handle;
	void *data;
	uint64_t *validity;
} dhowr_vector;

// --- DuckDB ---
void duckdb_free(void *ptr);
void duckdb_interrupt(void *connection);
dhowr_progress duckdb_query_progress(void *connection);
void duckdb_connection_get_client_context(void *connection, void **context);
void duckdb_destroy_client_context(void **context);
void *duckdb_client_context_get_config_option(void *context, const char *name, int *scope);
char *duckdb_get_varchar(void *value);
void duckdb_destroy_value(void **value);

uint64_t duckdb_extract_statements(void *connection, const char *query, void **extracted);
const char *duckdb_extract_statements_error(void *extracted);
void duckdb_destroy_extracted(void **extracted);
int duckdb_prepare_extracted_statement(void *connection, void *extracted, uint64_t index, void **statement);
const char *duckdb_prepare_error(void *statement);
void duckdb_destroy_prepare(void **statement);
uint64_t duckdb_nparams(void *statement);
int duckdb_bind_boolean(void *statement, uint64_t index, bool value);
int duckdb_bind_int64(void *statement, uint64_t index, int64_t value);
int duckdb_bind_double(void *statement, uint64_t index, double value);
int duckdb_bind_varchar_length(void *statement, uint64_t index, const char *value, uint64_t length);
int duckdb_bind_null(void *statement, uint64_t index);

int duckdb_pending_prepared_streaming(void *statement, void **pending);
const char *duckdb_pending_error(void *pending);
int duckdb_execute_pending(void *pending, dhowr_result *result);
void duckdb_destroy_pending(void **pending);

int duckdb_query(void *connection, const char *query, dhowr_result *result);
const char *duckdb_result_error(dhowr_result *result);
int duckdb_result_statement_type(dhowr_result result);
int duckdb_result_return_type(dhowr_result result);
uint64_t duckdb_column_count(dhowr_result *result);
const char *duckdb_column_name(dhowr_result *result, uint64_t column);
void *duckdb_column_logical_type(dhowr_result *result, uint64_t column);
void *duckdb_fetch_chunk(dhowr_result result);
void duckdb_destroy_result(dhowr_result *result);

uint64_t duckdb_data_chunk_get_size(void *chunk);
void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
void duckdb_destroy_data_chunk(void **chunk);
void *duckdb_vector_get_data(void *vector);
uint64_t *duckdb_vector_get_validity(void *vector);
void *duckdb_list_vector_get_child(void *vector);
void *duckdb_array_vector_get_child(void *vector);
void *duckdb_struct_vector_get_child(void *vector, uint64_t index);

int duckdb_get_type_id(void *type);
char *duckdb_logical_type_get_alias(void *type);
uint8_t duckdb_decimal_width(void *type);
uint8_t duckdb_decimal_scale(void *type);
int duckdb_decimal_internal_type(void *type);
int duckdb_enum_internal_type(void *type);
uint32_t duckdb_enum_dictionary_size(void *type);
char *duckdb_enum_dictionary_value(void *type, uint64_t index);
void *duckdb_list_type_child_type(void *type);
void *duckdb_array_type_child_type(void *type);
uint64_t duckdb_array_type_array_size(void *type);
void *duckdb_map_type_key_type(void *type);
void *duckdb_map_type_value_type(void *type);
uint64_t duckdb_struct_type_child_count(void *type);
char *duckdb_struct_type_child_name(void *type, uint64_t index);
void *duckdb_struct_type_child_type(void *type, uint64_t index);
uint64_t duckdb_union_type_member_count(void *type);
char *duckdb_union_type_member_name(void *type, uint64_t index);
void *duckdb_union_type_member_type(void *type, uint64_t index);
char *duckdb_geometry_type_get_crs(void *type);
void duckdb_destroy_logical_type(void **type);

// dhowr_execute runs a prepared statement until its first rows are there. On
// failure it returns a message to be freed, else NULL.
static inline char *dhowr_execute(void *statement, dhowr_result *result) {
	void *pending = NULL;
	const char *message = NULL;
	int failed = duckdb_pending_prepared_streaming(statement, &pending);
	memset(result, 0, sizeof *result);
	if (!failed) {
		failed = duckdb_execute_pending(pending, result);
		if (failed && result->internal) message = duckdb_result_error(result);
	}
	if (failed && !message && pending) message = duckdb_pending_error(pending);
	char *copy = failed ? strdup(message ? message : "DuckDB gave no reason") : NULL;
	duckdb_destroy_pending(&pending);
	if (failed) duckdb_destroy_result(result);
	return copy;
}

static inline void dhowr_load(void *handle, dhowr_vector *out) {
	out->handle = handle;
	out->data = duckdb_vector_get_data(handle);
	out->validity = duckdb_vector_get_validity(handle);
}

// dhowr_fetch fetches the next chunk and fills a dhowr_vector per column. It
// returns NULL at the end and on failure.
static inline void *dhowr_fetch(dhowr_result *result, uint64_t columns, dhowr_vector *out, uint64_t *rows) {
	void *chunk = duckdb_fetch_chunk(*result);
	*rows = 0;
	if (!chunk) return NULL;
	*rows = duckdb_data_chunk_get_size(chunk);
	for (uint64_t i = 0; i < columns; i++) dhowr_load(duckdb_data_chunk_get_vector(chunk, i), &out[i]);
	return chunk;
}

static inline void dhowr_list_child(void *vector, dhowr_vector *out) {
	dhowr_load(duckdb_list_vector_get_child(vector), out);
}

static inline void dhowr_array_child(void *vector, dhowr_vector *out) {
	dhowr_load(duckdb_array_vector_get_child(vector), out);
}

static inline void dhowr_struct_child(void *vector, uint64_t index, dhowr_vector *out) {
	dhowr_load(duckdb_struct_vector_get_child(vector, index), out);
}

// dhowr_setting returns a setting of the connection as text to be given to
// duckdb_free, or NULL if there is no such setting.
static inline char *dhowr_setting(void *connection, const char *name) {
	void *context = NULL;
	duckdb_connection_get_client_context(connection, &context);
	if (!context) return NULL;
	int scope = 0;
	void *value = duckdb_client_context_get_config_option(context, name, &scope);
	char *text = value ? duckdb_get_varchar(value) : NULL;
	if (value) duckdb_destroy_value(&value);
	duckdb_destroy_client_context(&context);
	return text;
}

static inline int dhowr_statement_type(dhowr_result *result) { return duckdb_result_statement_type(*result); }
static inline int dhowr_return_type(dhowr_result *result) { return duckdb_result_return_type(*result); }

#endif
