package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"chautari/routes"
)

// metrics counts requests for Prometheus. Its labels are those of routes.Label:
// a few fixed words, so nothing of a person can get in.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	running  prometheus.Gauge
}

var _ routes.Watch = (*metrics)(nil)

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "chautari_requests_total", Help: "Requests that were answered.",
		}, []string{"method", "route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "chautari_request_seconds", Help: "Time from the request's headers to its answer, where a session was looked up.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "chautari_requests_running", Help: "Requests that are being answered.",
		}),
	}
	m.registry.MustRegister(m.requests, m.took, m.running,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Began counts a request in.
func (m *metrics) Began() { m.running.Inc() }

// Ended counts it out, under its label.
func (m *metrics) Ended(l routes.Label, took time.Duration) {
	m.running.Dec()
	m.requests.WithLabelValues(l.Method, l.Route, l.Status).Inc()
	if l.Timed() {
		m.took.WithLabelValues(l.Method, l.Route).Observe(took.Seconds())
	}
}

func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// tell serves the counts on an address of their own until stop is called.
func (m *metrics) tell(s settings, trouble func(error)) (stop func() error, err error) {
	if s.MetricsPort == 0 {
		return func() error { return nil }, nil
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(s.MetricsAddress, fmt.Sprint(s.MetricsPort)))
	if err != nil {
		return nil, fmt.Errorf("cannot tell metrics: %w; set METRICS_PORT to another", err)
	}
	server := &http.Server{Handler: m.handler(), ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 8 << 10}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			trouble(err)
		}
	}()
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return server.Shutdown(ctx)
	}, nil
}
